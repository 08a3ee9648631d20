"""Every address of the blog, and the function that answers it."""

from typing import Any

from fastapi import APIRouter

from app.routes import comments, posts
from app.routes.pages import error_page
from app.routes.pages import router as pages

__all__ = ["api", "error_page", "pages", "uvicorn_options"]

# Under `/api`: JSON.
api = APIRouter()
api.include_router(posts.router)
api.include_router(comments.router)


def uvicorn_options() -> dict[str, Any]:
    """What uvicorn shall do for this project in particular: nothing."""
    return {}
