"""`/api/rooms/{id}/live`: the sockets"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Query, Request, WebSocket, WebSocketDisconnect
from fastapi.concurrency import run_in_threadpool
from pydantic_core import from_json
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from app import rooms
from app.live import Hub, LiveSettings, Member, encode
from app.schemas import FromClient, Newcomer
from app.web.requests import Id

NOT_UNDERSTOOD = encode(
    "error", detail='only {"type": "message", "text": "1 to 2000 characters"} is understood here'
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.hub = Hub(app.state.sessions)
    app.state.ping_seconds = LiveSettings().ping_seconds
    history = asyncio.create_task(app.state.hub.keep_history())
    yield
    history.cancel()
    await asyncio.wait({history})


router = APIRouter(prefix="/rooms/{number}/live", lifespan=lifespan)

Joining = Annotated[Newcomer, Query()]


@router.get("")
async def explain(request: Request, number: Id, newcomer: Joining) -> None:
    """A socket that does not open tells its page no reason: the page asks for it here."""
    await check(request, number, newcomer)
    raise HTTPException(426, "a WebSocket is needed here", {"Upgrade": "websocket"})


@router.websocket("")
async def live(socket: WebSocket, number: Id, newcomer: Joining) -> None:
    check_origin(socket)
    # What is raised before `accept` refuses the upgrade, with the answer that `explain` gives.
    await check(socket, number, newcomer)
    hub: Hub = socket.app.state.hub
    member = Member(number, newcomer.name)
    hub.join(member)
    tasks: set[asyncio.Task[Any]] = set()
    try:
        await socket.accept()
        tasks = {
            asyncio.create_task(listen(socket, hub, member)),
            asyncio.create_task(deliver(socket, member)),
            asyncio.create_task(member.lost.wait()),
        }
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        hub.leave(member)
        for task in tasks:
            task.cancel()


def check_origin(socket: WebSocket) -> None:
    """A browser lets any page open a socket to here, and names the page's host in `Origin`."""
    origin = socket.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != socket.headers["Host"].lower():
        raise HTTPException(403, "a page of another site may not join")


async def check(connection: HTTPConnection, room_id: int, newcomer: Newcomer) -> None:
    def find_room() -> None:
        with connection.app.state.sessions() as session:
            rooms.find(session, room_id)

    await run_in_threadpool(find_room)
    connection.app.state.hub.check_free(room_id, newcomer.name)


async def listen(socket: WebSocket, hub: Hub, member: Member) -> None:
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        try:
            # What is no text has none here, and is no JSON.
            sent = FromClient.model_validate(from_json(message.get("text") or ""))
        except ValueError:
            member.tell(NOT_UNDERSTOOD)
        else:
            await hub.say(member, sent.text)


async def deliver(socket: WebSocket, member: Member) -> None:
    # uvicorn raises RuntimeError where it has closed the socket itself, for no ping was answered.
    with suppress(WebSocketDisconnect, TimeoutError, RuntimeError):
        while True:
            text = await member.outbox.get()
            # No ping gets through either to one who takes nothing for so long.
            async with asyncio.timeout(socket.app.state.ping_seconds):
                await socket.send_text(text)
