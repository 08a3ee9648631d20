"""The sockets: who is there, and what they say."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect


@pytest.fixture
def room(client: TestClient) -> str:
    return client.post("/api/rooms", json={"name": "a"}).headers["Location"]


def join(client: TestClient, room: str, name: str) -> WebSocketTestSession:
    return client.websocket_connect(f"{room}/live?name={name}")


def message(text: Any) -> dict[str, Any]:
    return {"type": "message", "text": text}


def test_members_are_told_who_is_there_who_comes_and_who_goes(
    client: TestClient, room: str
) -> None:
    with join(client, room, "Ada") as ada:
        assert ada.receive_json() == {"type": "welcome", "members": ["Ada"]}
        with join(client, room, "%20Grace%20") as grace:
            assert grace.receive_json() == {"type": "welcome", "members": ["Ada", "Grace"]}
            assert ada.receive_json() == {"type": "joined", "name": "Grace"}
        assert ada.receive_json() == {"type": "left", "name": "Grace"}


def test_all_hear_the_same_in_the_order_of_the_history(client: TestClient, room: str) -> None:
    with join(client, room, "Ada") as ada, join(client, room, "Grace") as grace:
        assert [ada.receive_json()["type"] for _ in range(2)] == ["welcome", "joined"]
        grace.receive_json()
        for number in range(10):
            ada.send_json(message(f" a {number}\n"))
            grace.send_json(message(f"g {number}"))
        heard = [ada.receive_json() for _ in range(20)]
        assert heard == [grace.receive_json() for _ in range(20)]
    stored = client.get(f"{room}/messages").json()["items"]
    assert heard == [{"type": "message"} | one for one in stored]
    said = [one["text"] for one in stored if one["author"] == "Ada"]
    assert said == [f" a {number}\n" for number in range(10)]


def test_rooms_hear_nothing_of_each_other(client: TestClient, room: str) -> None:
    other = client.post("/api/rooms", json={"name": "b"}).headers["Location"]
    with join(client, room, "Ada") as here, join(client, other, "Ada") as there:
        here.receive_json()
        there.receive_json()
        here.send_json(message("here"))
        there.send_json(message("there"))
        assert here.receive_json()["text"] == "here"
        assert there.receive_json()["text"] == "there"


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
def test_what_is_no_message_is_an_error_to_its_sender_alone(
    client: TestClient, room: str, text: str
) -> None:
    with join(client, room, "Ada") as ada, join(client, room, "Grace") as grace:
        assert [ada.receive_json()["type"] for _ in range(2)] == ["welcome", "joined"]
        grace.receive_json()
        for send in [lambda: ada.send_text(text), lambda: ada.send_bytes(text.encode())]:
            send()
            assert ada.receive_json()["type"] == "error"
        ada.send_json(message("🦀" * 2000))
        assert ada.receive_json() == grace.receive_json()


@pytest.mark.parametrize(
    ("query", "status"),
    [("name=Ada", 409), ("name=%20Ada", 409), ("", 422), ("name=+", 422), ("name=a%0Ab", 422)],
)
def test_who_may_not_join_is_told_why_before_the_upgrade(
    client: TestClient, room: str, query: str, status: int
) -> None:
    with join(client, room, "Ada") as ada:
        ada.receive_json()
        assert client.get(f"{room}/live?{query}").status_code == status
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect(f"{room}/live?{query}"),
        ):
            pass


def test_a_page_of_another_site_may_not_join(client: TestClient, room: str) -> None:
    for origin in ["https://example.com", "http://testserver:8000", "null"]:
        with (
            pytest.raises(WebSocketDenialResponse) as refused,
            client.websocket_connect(f"{room}/live?name=Ada", headers={"Origin": origin}),
        ):
            pass
        assert refused.value.status_code == 403
        assert refused.value.headers["X-Content-Type-Options"] == "nosniff"
    own = {"Origin": "http://TestServer"}
    with client.websocket_connect(f"{room}/live?name=Ada", headers=own) as ada:
        assert ada.receive_json() == {"type": "welcome", "members": ["Ada"]}


def test_a_name_is_free_again_when_its_owner_has_left(client: TestClient, room: str) -> None:
    for _ in range(2):
        with join(client, room, "Ada") as ada:
            assert ada.receive_json() == {"type": "welcome", "members": ["Ada"]}


def test_without_an_upgrade_the_address_asks_for_one(client: TestClient, room: str) -> None:
    response = client.get(f"{room}/live?name=Ada")
    assert (response.status_code, response.headers["Upgrade"]) == (426, "websocket")
