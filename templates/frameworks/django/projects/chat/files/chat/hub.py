"""Who is in which room, and what they say to each other."""

import asyncio
import json
import logging
from typing import Any

from channels.db import database_sync_to_async

from chat.models import Message
from chat.serializers import MessageSerializer
from core.database import write_transaction

MAX_EVENTS_BEHIND = 2_000
MAX_MESSAGES_WAITING = 1_000
MAX_MESSAGES_AT_ONCE = 100


class Member:
    """Somebody in a room, with the events that are still to be sent to them."""

    def __init__(self, room_id: int, name: str) -> None:
        self.room_id = room_id
        self.name = name
        self.events: asyncio.Queue[str] = asyncio.Queue(MAX_EVENTS_BEHIND)
        self.too_slow = False

    def send(self, event: str) -> None:
        """Never waits: who reads too slowly is disconnected, and slows nobody else down."""
        try:
            self.events.put_nowait(event)
        except asyncio.QueueFull:
            self.too_slow = True


class Hub:
    """The rooms that have members. For the thread of the event loop, but for `has_name`."""

    def __init__(self) -> None:
        # Members by name, in the order of joining, by the id of their room.
        self.rooms: dict[int, dict[str, Member]] = {}
        self.waiting: asyncio.Queue[tuple[Member, Message]] = asyncio.Queue(MAX_MESSAGES_WAITING)
        self.storing: asyncio.Task[None] | None = None

    def has_name(self, room_id: int, name: str) -> bool:
        return name in self.rooms.get(room_id, {})

    def join(self, member: Member) -> None:
        self.broadcast(member.room_id, event("joined", name=member.name))
        members = self.rooms.setdefault(member.room_id, {})
        members[member.name] = member
        member.send(event("welcome", members=list(members)))

    def leave(self, member: Member) -> None:
        """Does nothing if the member has left already."""
        members = self.rooms.get(member.room_id, {})
        if members.get(member.name) is not member:
            return
        del members[member.name]
        if not members:
            del self.rooms[member.room_id]
        self.broadcast(member.room_id, event("left", name=member.name))

    def broadcast(self, room_id: int, event: str) -> None:
        for member in self.rooms.get(room_id, {}).values():
            member.send(event)

    async def post(self, member: Member, text: str) -> None:
        """Waits while too many messages are not stored yet: nothing more is read meanwhile."""
        if self.storing is None:
            self.storing = asyncio.create_task(self.store_and_broadcast())
        message = Message(room_id=member.room_id, author=member.name, text=text)
        await self.waiting.put((member, message))

    async def store_and_broadcast(self) -> None:
        """Runs for ever. A message is stored before it is sent, so all get the same order."""
        while True:
            batch = [await self.waiting.get()]
            while len(batch) < MAX_MESSAGES_AT_ONCE and not self.waiting.empty():
                batch.append(self.waiting.get_nowait())
            try:
                # In one transaction: the disk is written once for all of them.
                await store([message for _, message in batch])
            except Exception:
                # Whatever it was, the next messages may be stored again.
                logging.exception("messages could not be stored")
                for member, _ in batch:
                    member.send(event("error", detail="Your message could not be stored."))
                continue
            for _, message in batch:
                values = MessageSerializer(message).data
                self.broadcast(message.room_id, event("message", **values))


@database_sync_to_async
def store(messages: list[Message]) -> None:
    with write_transaction():
        Message.objects.bulk_create(messages)


def event(kind: str, **values: Any) -> str:
    return json.dumps({"type": kind, **values}, ensure_ascii=False)


hub = Hub()
