"""Every address of the shop, and the function that answers it."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse

from app import ROOT
from app.routes import carts, orders, products

# Under `/api`: JSON.
api = APIRouter()
api.include_router(products.router)
api.include_router(carts.router)
api.include_router(orders.router)

pages = APIRouter()

# Errors are problems everywhere, for no page is made on the server.
error_page = None


@pages.get("/")
def storefront() -> FileResponse:
    return FileResponse(ROOT / "static/index.html")


def uvicorn_options() -> dict[str, Any]:
    """What uvicorn shall do for this project in particular: nothing."""
    return {}
