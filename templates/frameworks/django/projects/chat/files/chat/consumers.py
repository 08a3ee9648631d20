"""`/api/rooms/{id}/live`: the sockets"""

import asyncio
import json
from urllib.parse import urlsplit

from channels.exceptions import DenyConnection
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.http import QueryDict
from django.urls import path, re_path

from chat.hub import Member, event, hub
from chat.models import Room
from chat.serializers import ClientMessage, JoinParams

NOT_UNDERSTOOD = event(
    "error", detail='Send {"type": "message", "text": "..."} with 1 to 2000 characters.'
)


class LiveConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        room_id = self.scope["url_route"]["kwargs"]["room_id"]
        params = JoinParams(data=QueryDict(self.scope["query_string"]))
        if not self.is_same_origin() or not params.is_valid():
            raise DenyConnection
        if not await Room.objects.filter(pk=room_id).aexists():
            raise DenyConnection
        # From here to `join` nothing waits, so nobody else can take the name.
        self.member = Member(room_id, params.validated_data["name"])
        if hub.has_name(room_id, self.member.name):
            raise DenyConnection
        hub.join(self.member)
        self.sending = asyncio.create_task(self.accept_and_send())

    def is_same_origin(self) -> bool:
        """A browser lets a page of any site open a socket here. `Origin` has that site's host."""
        headers = dict(self.scope["headers"])
        origin = urlsplit(headers.get(b"origin", b"").decode("latin-1"))
        host = headers.get(b"host", b"").decode("latin-1")
        return b"origin" not in headers or origin.netloc.lower() == host.lower()

    async def accept_and_send(self) -> None:
        """The one place that sends: an error here must not end the consumer, which would stay."""
        try:
            await self.accept()
            while not self.member.too_slow:
                text = await self.member.events.get()
                # Without an answer to two pings a connection is lost, so a send may take as long.
                async with asyncio.timeout(settings.PING_SECONDS):
                    await self.send(text)
            await self.close()
        except (OSError, RuntimeError, TimeoutError):
            # The client is gone, or uvicorn has closed the socket.
            pass
        finally:
            hub.leave(self.member)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            # A binary message has no text, and so is no JSON.
            sent = json.loads(text_data or "")
        except (ValueError, RecursionError):
            sent = None
        message = ClientMessage(data=sent)
        if message.is_valid():
            await hub.post(self.member, message.validated_data["text"])
        else:
            self.member.send(NOT_UNDERSTOOD)

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "sending"):
            self.sending.cancel()
            hub.leave(self.member)


class UnknownAddress(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        raise DenyConnection


sockets = [
    path("api/rooms/<int:room_id>/live", LiveConsumer.as_asgi()),
    re_path("", UnknownAddress.as_asgi()),
]
