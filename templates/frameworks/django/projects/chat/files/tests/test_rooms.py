"""Rooms, and the history of what was said in them."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from chat.models import Message

pytestmark = pytest.mark.django_db


def create(api: APIClient, name: str) -> str:
    return api.post("/api/rooms", {"name": name}).headers["Location"]


def test_a_room_has_an_address_and_its_name_is_taken(api: APIClient) -> None:
    response = api.post("/api/rooms", {"name": " tea-break\n"})
    assert response.status_code == 201
    assert response.json()["name"] == "tea-break"
    assert api.get(response.headers["Location"]).json() == response.json()
    assert api.post("/api/rooms", {"name": "tea-break"}).status_code == 409


def test_rooms_are_listed_by_name(api: APIClient) -> None:
    for name in ["b", "a", "c"]:
        create(api, name)
    page = api.get("/api/rooms?per_page=2").json()
    assert [room["name"] for room in page["items"]] == ["a", "b"]
    assert page["total"] == 3


@pytest.mark.parametrize("name", ["", "A", "a b", "ä", "x" * 41, 5, None, ["a"]])
def test_a_bad_name_is_refused(api: APIClient, name: Any) -> None:
    response = api.post("/api/rooms", {"name": name})
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"name"}
    assert api.get("/api/rooms").json()["total"] == 0


def test_a_history_is_read_backwards_page_by_page(api: APIClient) -> None:
    room = create(api, "a")
    room_id = int(room.rpartition("/")[2])
    for text in ["1", "2", "3", "4", "5"]:
        Message.objects.create(room_id=room_id, author="Ada", text=text)
    newest = api.get(f"{room}/messages?limit=2").json()
    assert [message["text"] for message in newest["items"]] == ["4", "5"]
    assert newest["has_more"]
    before = newest["items"][0]["id"]
    older = api.get(f"{room}/messages?limit=3&before={before}").json()
    assert [message["text"] for message in older["items"]] == ["1", "2", "3"]
    assert not older["has_more"]
    assert api.get(f"{create(api, 'b')}/messages").json() == {"items": [], "has_more": False}


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "before=0", "before=1.5"])
def test_a_query_that_breaks_a_rule_is_a_problem(api: APIClient, query: str) -> None:
    response = api.get(f"{create(api, 'a')}/messages?{query}")
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {query.partition("=")[0]}


@pytest.mark.parametrize("room_id", ["0", "-1", "7", "x", "9" * 30])
def test_an_unknown_room_is_a_problem(api: APIClient, room_id: str) -> None:
    for path in ["", "/messages", "/live?name=Ada"]:
        assert api.get(f"/api/rooms/{room_id}{path}").status_code == 404
