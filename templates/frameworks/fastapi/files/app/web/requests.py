"""What routes ask for: JSON bodies that are really JSON, and a session of the database."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.paging import Digits

Id = Annotated[Digits, Path(ge=1)]
"""The id in a path: one that cannot be read leads nowhere."""


def get_session(request: Request) -> Iterator[Session]:
    with request.app.state.sessions() as session:
        yield session


# "function": the connection goes back before the answer is sent, however slowly that goes.
DatabaseSession = Annotated[Session, Depends(get_session, scope="function")]


class StrictJsonRequest(Request):
    async def body(self) -> bytes:
        try:
            return await super().body()
        except ClientDisconnect as error:
            raise HTTPException(400, "the body did not arrive whole") from error

    async def json(self) -> dict[str, Any]:
        try:
            # Unlike Python's own parser it refuses NaN, lone surrogates and endless nesting.
            value = from_json(await self.body(), allow_inf_nan=False)
        except ValueError as error:
            raise HTTPException(400, f"the body is not JSON: {error}") from error
        if not isinstance(value, dict):
            raise HTTPException(400, "the body is not a JSON object")
        return value


class StrictJsonRoute(APIRoute):
    """Like FastAPI's own route, but a body has to be declared as JSON, and to be a JSON object."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            if self.body_field is not None:
                declared = request.headers.get("content-type", "").partition(";")[0]
                if declared.strip().lower() != "application/json":
                    raise HTTPException(415, "the body must be declared as application/json")
                request = StrictJsonRequest(request.scope, request.receive)
                # FastAPI would take it for a body without any field.
                if not await request.body():
                    raise HTTPException(400, "the body is empty")
            return await handle(request)

        return handle_strictly
