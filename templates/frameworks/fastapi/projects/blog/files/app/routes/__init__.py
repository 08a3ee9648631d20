"""Every address of the blog, and the function that answers it."""

from fastapi import APIRouter

from app.routes import comments, posts
from app.routes.pages import error_page
from app.routes.pages import router as pages

__all__ = ["api", "error_page", "pages"]

# Under `/api`: JSON.
api = APIRouter()
api.include_router(posts.router)
api.include_router(comments.router)
