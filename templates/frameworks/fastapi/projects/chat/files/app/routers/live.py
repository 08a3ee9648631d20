"""`/api/rooms/{id}/live`: the sockets"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Query, Request, WebSocket, WebSocketDisconnect
from fastapi.concurrency import run_in_threadpool
from pydantic_core import from_json
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from app.errors import ProblemError
from app.live import Hub, Member, event
from app.problems import Problem
from app.routers.rooms import RoomId
from app.schemas import ClientMessage, JoinParams
from app.services import rooms

NO_SOCKET = "A WebSocket is needed here."

NOT_UNDERSTOOD = event(
    "error", detail='Send {"type": "message", "text": "..."} with 1 to 2000 characters.'
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    app.state.hub = Hub(app.state.sessions, app.state.write_lock)
    # Without an answer to two pings a connection is lost, so a send may take as long.
    app.state.send_timeout = app.state.settings.ping_seconds
    storing = asyncio.create_task(app.state.hub.store_and_broadcast())
    yield
    storing.cancel()
    await asyncio.wait({storing})


router = APIRouter(prefix="/rooms/{room_id}/live", tags=["rooms"], lifespan=lifespan)

Params = Annotated[JoinParams, Query()]


@router.get("", status_code=426, responses={426: {"model": Problem, "description": NO_SOCKET}})
async def explain(request: Request, room_id: RoomId, params: Params) -> None:
    """Says why a socket does not open: a browser does not show its page the reason."""
    await check(request, room_id, params.name)
    raise HTTPException(426, NO_SOCKET, {"Upgrade": "websocket"})


@router.websocket("")
async def join(socket: WebSocket, room_id: RoomId, params: Params) -> None:
    # An error before `accept` refuses the upgrade, with the same response as in `explain`.
    check_origin(socket)
    await check(socket, room_id, params.name)
    hub: Hub = socket.app.state.hub
    member = Member(room_id, params.name)
    hub.join(member)
    tasks: set[asyncio.Task[Any]] = set()
    try:
        await socket.accept()
        tasks = {
            asyncio.create_task(receive_messages(socket, hub, member)),
            asyncio.create_task(send_events(socket, member)),
            asyncio.create_task(member.too_slow.wait()),
        }
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        hub.leave(member)
        for task in tasks:
            task.cancel()


def check_origin(socket: WebSocket) -> None:
    """A browser lets a page of any site open a socket here. `Origin` has that site's host."""
    origin = socket.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != socket.headers["Host"].lower():
        raise ProblemError(403, "Pages of other sites may not join.")


async def check(connection: HTTPConnection, room_id: int, name: str) -> None:
    def check_room() -> None:
        with connection.app.state.sessions() as session:
            rooms.get(session, room_id)

    await run_in_threadpool(check_room)
    connection.app.state.hub.check_name(room_id, name)


async def receive_messages(socket: WebSocket, hub: Hub, member: Member) -> None:
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        try:
            # A binary message has no text, and so is no JSON.
            sent = ClientMessage.model_validate(from_json(message.get("text") or ""))
        except ValueError:
            member.send(NOT_UNDERSTOOD)
        else:
            await hub.post(member, sent.text)


async def send_events(socket: WebSocket, member: Member) -> None:
    # uvicorn raises a RuntimeError if it has closed the socket because no ping was answered.
    with suppress(WebSocketDisconnect, TimeoutError, RuntimeError):
        while True:
            event = await member.events.get()
            async with asyncio.timeout(socket.app.state.send_timeout):
                await socket.send_text(event)
