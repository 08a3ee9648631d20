"""Who is in which room at this moment, and what they say to each other."""

import asyncio
import json
import logging
from typing import Any

from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from sqlalchemy.orm import Session, sessionmaker

from app import messages
from app.config import Settings
from app.errors import ConflictError
from app.models import Message
from app.schemas import MessageRead
from app.timestamps import now

MOST_TEXTS_BEHIND = 2_000
MOST_MESSAGES_WAITING = 1_000
MOST_MESSAGES_AT_ONCE = 100


class LiveSettings(Settings):
    ping_seconds: float = Field(default=15, gt=0)


def uvicorn_options() -> dict[str, Any]:
    ping_seconds = LiveSettings().ping_seconds
    return {
        # Who answers no ping is gone after two of them.
        "ws_ping_interval": ping_seconds,
        "ws_ping_timeout": ping_seconds,
        "ws_max_size": 65_536,
        # Each text would be packed anew for each member, and short ones hardly get shorter.
        "ws_per_message_deflate": False,
    }


class Member:
    def __init__(self, room_id: int, name: str) -> None:
        self.room_id = room_id
        self.name = name
        self.outbox: asyncio.Queue[str] = asyncio.Queue(MOST_TEXTS_BEHIND)
        self.lost = asyncio.Event()

    def tell(self, text: str) -> None:
        """Waits for nobody: one who reads too slowly is lost, and slows nobody else."""
        try:
            self.outbox.put_nowait(text)
        except asyncio.QueueFull:
            self.lost.set()


class Hub:
    """All rooms with somebody in them. Only the thread of the event loop may use it."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self.sessions = sessions
        # In the order of joining.
        self.rooms: dict[int, dict[str, Member]] = {}
        self.said: asyncio.Queue[tuple[Member, Message]] = asyncio.Queue(MOST_MESSAGES_WAITING)

    def check_free(self, room_id: int, name: str) -> None:
        if name in self.rooms.get(room_id, {}):
            raise ConflictError("somebody in the room has this name already")

    def join(self, member: Member) -> None:
        self.check_free(member.room_id, member.name)
        self.tell(member.room_id, encode("joined", name=member.name))
        members = self.rooms.setdefault(member.room_id, {})
        members[member.name] = member
        member.tell(encode("welcome", members=list(members)))

    def leave(self, member: Member) -> None:
        members = self.rooms[member.room_id]
        del members[member.name]
        if not members:
            del self.rooms[member.room_id]
        self.tell(member.room_id, encode("left", name=member.name))

    def tell(self, room_id: int, text: str) -> None:
        for member in self.rooms.get(room_id, {}).values():
            member.tell(text)

    async def say(self, member: Member, text: str) -> None:
        """Whoever says more than can be stored waits here, and is not read from meanwhile."""
        message = Message(room_id=member.room_id, author=member.name, text=text, sent_at=now())
        await self.said.put((member, message))

    async def keep_history(self) -> None:
        """Stores what is said, and then tells it: in one order, the same for all."""
        while True:
            said = [await self.said.get()]
            while len(said) < MOST_MESSAGES_AT_ONCE and not self.said.empty():
                said.append(self.said.get_nowait())
            try:
                stored = await run_in_threadpool(self.store, [message for _, message in said])
            except Exception:
                # Whatever it was, the next ones may be stored again.
                logging.exception("messages could not be stored")
                for member, _ in said:
                    member.tell(encode("error", detail="your message could not be stored"))
                continue
            for message in stored:
                self.tell(message.room_id, encode("message", **message.model_dump()))

    def store(self, said: list[Message]) -> list[MessageRead]:
        with self.sessions() as session:
            messages.store(session, said)
            return [MessageRead.model_validate(message) for message in said]


def encode(type_: str, **values: Any) -> str:
    return json.dumps({"type": type_, **values}, ensure_ascii=False)
