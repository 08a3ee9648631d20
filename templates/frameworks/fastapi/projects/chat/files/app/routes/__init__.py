"""Every address of the chat, and the function that answers it."""

from fastapi import APIRouter
from fastapi.responses import FileResponse

from app import ROOT
from app.live import uvicorn_options
from app.routes import live, rooms

__all__ = ["api", "error_page", "pages", "uvicorn_options"]

# Under `/api`: JSON, and the sockets.
api = APIRouter()
api.include_router(rooms.router)
api.include_router(live.router)

pages = APIRouter()

# Errors are problems everywhere, for no page is made on the server.
error_page = None


@pages.get("/")
def chat() -> FileResponse:
    return FileResponse(ROOT / "static/index.html")
