"""The template engine, and the pages of errors."""

from datetime import datetime

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import ROOT
from app.timestamps import rfc3339


def day(time: datetime) -> str:
    """`22 November 2026`"""
    return f"{time.day} {time:%B %Y}"


environment = Environment(
    loader=FileSystemLoader(ROOT / "templates"),
    autoescape=True,
    # A misspelt name is an error, not an empty text.
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.filters.update(day=day, rfc3339=rfc3339)
templates = Jinja2Templates(env=environment)


def is_page(request: Request) -> bool:
    return not request.url.path.startswith(("/api", "/healthz", "/openapi.json"))


def error_page(request: Request, status: int, detail: str) -> Response:
    context = {"status": status, "detail": detail}
    return templates.TemplateResponse(request, "error.html", context, status)
