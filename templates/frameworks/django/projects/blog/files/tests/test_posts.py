"""Posts: write, read, change, delete."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

POST = {"title": "A", "body": "Text."}


def test_a_new_post_is_a_draft_with_an_address(api: APIClient) -> None:
    new = {"title": "  Über uns ", "body": " a\n b ", "tags": ["x", "y", "x"]}
    response = api.post("/api/posts", new)
    assert response.status_code == 201
    assert response.headers["Location"] == "/api/posts/uber-uns"
    post = response.json()
    assert post["title"] == "Über uns"
    assert post["body"] == " a\n b "
    assert post["tags"] == ["x", "y"]
    assert post["published"] is False
    assert post["published_at"] is None
    assert api.get("/api/posts/uber-uns").json() == post


@pytest.mark.django_db(transaction=True)
def test_posts_written_at_once_with_one_title_get_different_slugs() -> None:
    def write(_: int) -> str:
        response = APIClient().post("/api/posts", POST)
        connections.close_all()
        return response.json()["slug"]

    with ThreadPoolExecutor() as threads:
        slugs = set(threads.map(write, range(8)))
    assert slugs == {"a"} | {f"a-{number}" for number in range(2, 9)}


def test_a_change_touches_only_what_was_sent(api: APIClient) -> None:
    before = api.post("/api/posts", POST | {"tags": ["x"]}).json()
    after = api.patch("/api/posts/a", {"title": "New", "tags": ["y", "x"]}).json()
    assert after["updated_at"] > before["updated_at"]
    expected = {"title": "New", "tags": ["y", "x"], "updated_at": after["updated_at"]}
    assert after == before | expected
    assert api.get("/api/posts/a").json() == after


def test_the_first_publication_is_remembered(api: APIClient) -> None:
    api.post("/api/posts", POST)
    first = api.patch("/api/posts/a", {"published": True}).json()
    assert first["published_at"] == first["updated_at"]
    for published in [False, True]:
        later = api.patch("/api/posts/a", {"published": published}).json()
        assert later["published_at"] == first["published_at"]


def test_a_deleted_post_is_gone(api: APIClient) -> None:
    api.post("/api/posts", POST)
    response = api.delete("/api/posts/a")
    assert (response.status_code, response.content) == (204, b"")
    assert api.delete("/api/posts/a").status_code == 404
    assert api.get("/api/posts/a").status_code == 404
    assert api.patch("/api/posts/a", {}).status_code == 404


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": " \t", "body": "\n"}, {"title", "body"}),
        ({"title": "a\nb", "body": "a\0b"}, {"title", "body"}),
        (
            {"title": 5, "body": None, "tags": "x", "published": 1},
            {"title", "body", "tags", "published"},
        ),
        ({"title": "x" * 201, "body": "x" * 100_001}, {"title", "body"}),
        ({"tags": ["Upper"]}, {"tags"}),
        ({"tags": [""], "published": None}, {"tags", "published"}),
        ({"tags": ["x" * 31]}, {"tags"}),
        ({"tags": [1, "x"]}, {"tags"}),
        ({"tags": [str(number) for number in range(11)]}, {"tags"}),
    ],
)
def test_broken_fields_are_named_all_at_once_and_nothing_is_stored(
    api: APIClient, change: dict[str, Any], fields: set[str]
) -> None:
    response = api.post("/api/posts", POST | change)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert api.get("/api/posts/a").status_code == 404

    before = api.post("/api/posts", POST).json()
    response = api.patch("/api/posts/a", change)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert api.get("/api/posts/a").json() == before


def test_a_post_needs_title_and_body_and_nothing_else_matters(api: APIClient) -> None:
    assert set(api.post("/api/posts", {}).json()["errors"]) == {"title", "body"}
    longest = {"title": "🦀" * 200, "body": "🦀" * 100_000, "slug": "mine", "id": 7}
    response = api.post("/api/posts", longest)
    assert response.status_code == 201
    assert response.json()["slug"] != "mine"
