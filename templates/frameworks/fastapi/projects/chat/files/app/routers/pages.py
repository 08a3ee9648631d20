"""`/`: the chat, a page that works on the API."""

from fastapi import APIRouter
from fastapi.responses import FileResponse

from app import ROOT

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_chat() -> FileResponse:
    return FileResponse(ROOT / "static/index.html")
