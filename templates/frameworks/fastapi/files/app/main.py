"""Puts the application together: the project's routes, and what every server needs around them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from app import ROOT, routes
from app.web import health, problems
from app.web.surround import MOST_BODY_BYTES, Surround


def create_app(engine: Engine) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        # SQLite writes its log back into the database here.
        engine.dispose()

    app = FastAPI(
        lifespan=lifespan,
        # `/api/posts/` is another address than `/api/posts`, and not there.
        redirect_slashes=False,
        # The description is a file: see `description`.
        openapi_url=None,
    )
    app.state.sessions = sessionmaker(engine, expire_on_commit=False)
    app.add_middleware(Surround)
    problems.register(app)

    app.include_router(health.router)
    app.include_router(routes.api, prefix="/api", max_body_size=MOST_BODY_BYTES)
    app.include_router(routes.pages, max_body_size=MOST_BODY_BYTES)
    app.add_api_route("/openapi.json", description)
    app.mount("/static", StaticFiles(directory=ROOT / "static"))
    return app


def description() -> FileResponse:
    """The description of the API: it comes first, and the code follows it."""
    return FileResponse(ROOT / "openapi.json", media_type="application/json")
