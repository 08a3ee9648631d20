"""Rooms, and the history of what was said in them."""

from typing import Any

import pytest
from fastapi.testclient import TestClient


def create(client: TestClient, name: str) -> str:
    return client.post("/api/rooms", json={"name": name}).headers["Location"]


def say(client: TestClient, room: str, texts: list[str]) -> None:
    with client.websocket_connect(f"{room}/live?name=Ada") as socket:
        socket.receive_json()
        for text in texts:
            socket.send_json({"type": "message", "text": text})
            assert socket.receive_json()["text"] == text


def test_a_room_has_an_address_and_its_name_is_taken(client: TestClient) -> None:
    response = client.post("/api/rooms", json={"name": " tea-break\n"})
    assert response.status_code == 201
    assert response.json()["name"] == "tea-break"
    assert client.get(response.headers["Location"]).json() == response.json()
    assert client.post("/api/rooms", json={"name": "tea-break"}).status_code == 409


def test_rooms_are_listed_by_name(client: TestClient) -> None:
    for name in ["b", "a", "c"]:
        create(client, name)
    page = client.get("/api/rooms?per_page=2").json()
    assert [room["name"] for room in page["items"]] == ["a", "b"]
    assert page["total"] == 3


@pytest.mark.parametrize("name", ["", "A", "a b", "ä", "x" * 41, 5, None, ["a"]])
def test_a_bad_name_is_refused(client: TestClient, name: Any) -> None:
    response = client.post("/api/rooms", json={"name": name})
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"name"}
    assert client.get("/api/rooms").json()["total"] == 0


def test_a_history_is_read_backwards_page_by_page(client: TestClient) -> None:
    room = create(client, "a")
    say(client, room, ["1", "2", "3", "4", "5"])
    newest = client.get(f"{room}/messages?limit=2").json()
    assert [message["text"] for message in newest["items"]] == ["4", "5"]
    assert newest["has_more"]
    before = newest["items"][0]["id"]
    older = client.get(f"{room}/messages?limit=3&before={before}").json()
    assert [message["text"] for message in older["items"]] == ["1", "2", "3"]
    assert not older["has_more"]
    assert client.get(f"{create(client, 'b')}/messages").json() == {"items": [], "has_more": False}


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "before=0", "before=1.5"])
def test_a_query_that_breaks_a_rule_is_a_problem(client: TestClient, query: str) -> None:
    response = client.get(f"{create(client, 'a')}/messages?{query}")
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {query.partition("=")[0]}


@pytest.mark.parametrize(
    ("room_id", "status"), [("0", 404), ("-1", 404), ("7", 404), ("x", 422), ("9" * 30, 422)]
)
def test_an_unknown_room_is_a_problem(client: TestClient, room_id: str, status: int) -> None:
    for path in ["", "/messages", "/live?name=Ada"]:
        assert client.get(f"/api/rooms/{room_id}{path}").status_code == status
