"""The sockets: who is there, and what they say."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.test import AsyncClient
from rest_framework.test import APIClient

from chat import consumers, views
from chat.hub import Hub
from chat.models import Message, Room
from config.asgi import application

# The sockets store messages in threads of their own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has an event loop of its own."""
    new = Hub()
    for module in [consumers, views]:
        monkeypatch.setattr(module, "hub", new)


@pytest.fixture
def room() -> str:
    return f"/api/rooms/{Room.objects.create(name='a').pk}"


class Socket(ApplicationCommunicator):
    """A client, without a network."""

    def __init__(self, path: str, query: str, headers: dict[str, str] | None = None) -> None:
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode()) for k, v in (headers or {}).items()],
        }
        super().__init__(application, scope)

    async def connect(self) -> bool:
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output())["type"] == "websocket.accept"

    async def hear(self) -> dict[str, Any]:
        return json.loads((await self.receive_output())["text"])

    async def send(self, **message: Any) -> None:
        await self.send_input({"type": "websocket.receive"} | message)

    async def say(self, text: str) -> None:
        await self.send(text=json.dumps({"type": "message", "text": text}))

    async def leave(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait()


@asynccontextmanager
async def join(room: str, name: str) -> AsyncIterator[Socket]:
    socket = Socket(f"{room}/live", f"name={name}")
    assert await socket.connect()
    yield socket
    await socket.leave()


async def test_members_are_told_who_is_there_who_comes_and_who_goes(room: str) -> None:
    async with join(room, "Ada") as ada:
        assert await ada.hear() == {"type": "welcome", "members": ["Ada"]}
        async with join(room, "%20Grace%20") as grace:
            welcome = {"type": "welcome", "members": ["Ada", "Grace"]}
            assert await grace.hear() == welcome
            assert await ada.hear() == {"type": "joined", "name": "Grace"}
        assert await ada.hear() == {"type": "left", "name": "Grace"}


async def test_all_hear_the_same_in_the_order_of_the_history(room: str) -> None:
    async with join(room, "Ada") as ada, join(room, "Grace") as grace:
        await ada.hear()
        await ada.hear()
        await grace.hear()
        for number in range(10):
            await ada.say(f" a {number}\n")
            await grace.say(f"g {number}")
        heard = [await ada.hear() for _ in range(20)]
        assert heard == [await grace.hear() for _ in range(20)]
    stored = [text async for text in Message.objects.order_by("id").values_list("text", flat=True)]
    assert [event["text"] for event in heard] == stored
    said = [event["text"] for event in heard if event["author"] == "Ada"]
    assert said == [f" a {number}\n" for number in range(10)]


async def test_rooms_hear_nothing_of_each_other(room: str) -> None:
    other = f"/api/rooms/{(await Room.objects.acreate(name='b')).pk}"
    async with join(room, "Ada") as here, join(other, "Ada") as there:
        for socket, text in [(here, "here"), (there, "there")]:
            await socket.hear()
            await socket.say(text)
        assert (await here.hear())["text"] == "here"
        assert (await there.hear())["text"] == "there"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[]",
        "{",
        "[" * 10_000,
        '{"type": "message"}',
        '{"type": "shout", "text": "a"}',
        '{"type": "message", "text": 5}',
        '{"type": "message", "text": " \\n"}',
        '{"type": "message", "text": "a\\u0000"}',
        '{"type": "message", "text": "\\ud800"}',
        '{"type": "message", "text": "' + "x" * 2001 + '"}',
    ],
)
async def test_what_is_no_message_is_an_error_to_its_sender_alone(room: str, text: str) -> None:
    async with join(room, "Ada") as ada, join(room, "Grace") as grace:
        await ada.hear()
        await ada.hear()
        await grace.hear()
        for sent in [{"text": text}, {"bytes": text.encode()}]:
            await ada.send(**sent)
            assert (await ada.hear())["type"] == "error"
        await ada.say("🦀" * 2000)
        assert await ada.hear() == await grace.hear()


@pytest.mark.parametrize(
    ("query", "status"),
    [("name=Ada", 409), ("name=%20Ada", 409), ("", 422), ("name=+", 422), ("name=a%0Ab", 422)],
)
async def test_who_may_not_join_is_told_why(room: str, query: str, status: int) -> None:
    async with join(room, "Ada"):
        assert not await Socket(f"{room}/live", query).connect()
        response = await AsyncClient().get(f"{room}/live?{query}")
        assert response.status_code == status


async def test_a_page_of_another_site_may_not_join(room: str) -> None:
    for origin in ["https://example.com", "http://testserver:8000", "null"]:
        headers = {"host": "testserver", "origin": origin}
        assert not await Socket(f"{room}/live", "name=Ada", headers).connect()
    headers = {"host": "testserver", "origin": "http://TestServer"}
    socket = Socket(f"{room}/live", "name=Ada", headers)
    assert await socket.connect()
    await socket.leave()


@pytest.mark.parametrize("path", ["/api/rooms/7/live", "/api/rooms/x/live", "/nothing"])
async def test_there_are_no_other_sockets(path: str) -> None:
    assert not await Socket(path, "name=Ada").connect()


async def test_a_name_is_free_again_when_its_owner_has_left(room: str) -> None:
    for _ in range(2):
        async with join(room, "Ada") as ada:
            assert await ada.hear() == {"type": "welcome", "members": ["Ada"]}


def test_without_an_upgrade_the_address_asks_for_one(api: APIClient, room: str) -> None:
    response = api.get(f"{room}/live?name=Ada")
    assert (response.status_code, response.headers["Upgrade"]) == (426, "websocket")
