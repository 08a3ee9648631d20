"""Every address of the task list, and the function that answers it."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse

from app import ROOT
from app.routes import tasks

# Under `/api`: JSON.
api = APIRouter()
api.include_router(tasks.router)

pages = APIRouter()

# Errors are problems everywhere, for no page is made on the server.
error_page = None


@pages.get("/")
def board() -> FileResponse:
    return FileResponse(ROOT / "static/index.html")


def uvicorn_options() -> dict[str, Any]:
    """What uvicorn shall do for this project in particular: nothing."""
    return {}
