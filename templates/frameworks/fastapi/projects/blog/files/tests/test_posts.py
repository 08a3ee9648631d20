"""Posts: write, read, change, delete."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

POST = {"title": "A", "body": "Text."}


def test_a_new_post_is_a_draft_with_an_address(client: TestClient) -> None:
    new = {"title": "  Über Straße ", "body": " a\n b ", "tags": ["x", "y", "x"]}
    response = client.post("/api/posts", json=new)
    assert response.status_code == 201
    assert response.headers["Location"] == "/api/posts/uber-strasse"
    post = response.json()
    assert post["title"] == "Über Straße"
    assert post["body"] == " a\n b "
    assert post["tags"] == ["x", "y"]
    assert post["published"] is False
    assert post["published_at"] is None
    assert client.get("/api/posts/uber-strasse").json() == post


def test_posts_written_at_once_with_one_title_get_different_slugs(client: TestClient) -> None:
    with ThreadPoolExecutor() as threads:
        responses = threads.map(lambda _: client.post("/api/posts", json=POST), range(8))
    slugs = {response.json()["slug"] for response in responses}
    assert slugs == {"a"} | {f"a-{number}" for number in range(2, 9)}


def test_a_change_touches_only_what_was_sent(client: TestClient) -> None:
    before = client.post("/api/posts", json=POST | {"tags": ["x"]}).json()
    after = client.patch("/api/posts/a", json={"title": "New", "tags": ["y", "x"]}).json()
    assert after["updated_at"] > before["updated_at"]
    expected = {"title": "New", "tags": ["y", "x"], "updated_at": after["updated_at"]}
    assert after == before | expected
    assert client.get("/api/posts/a").json() == after
    assert client.patch("/api/posts/a", json={}).json() == after


def test_the_first_publication_is_remembered(client: TestClient) -> None:
    client.post("/api/posts", json=POST)
    first = client.patch("/api/posts/a", json={"published": True}).json()
    assert first["published_at"] == first["updated_at"]
    for published in [False, True]:
        later = client.patch("/api/posts/a", json={"published": published}).json()
        assert later["published_at"] == first["published_at"]


def test_a_deleted_post_is_gone(client: TestClient) -> None:
    client.post("/api/posts", json=POST)
    response = client.delete("/api/posts/a")
    assert (response.status_code, response.content) == (204, b"")
    assert client.delete("/api/posts/a").status_code == 404
    assert client.get("/api/posts/a").status_code == 404
    assert client.patch("/api/posts/a", json={}).status_code == 404


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
    client: TestClient, change: dict[str, Any], fields: set[str]
) -> None:
    response = client.post("/api/posts", json=POST | change)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert client.get("/api/posts/a").status_code == 404

    before = client.post("/api/posts", json=POST).json()
    response = client.patch("/api/posts/a", json=change)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert client.get("/api/posts/a").json() == before


def test_a_post_needs_title_and_body_and_nothing_else_matters(client: TestClient) -> None:
    assert set(client.post("/api/posts", json={}).json()["errors"]) == {"title", "body"}
    longest = {"title": "🦀" * 200, "body": "🦀" * 100_000, "slug": "mine", "id": 7}
    response = client.post("/api/posts", json=longest)
    assert response.status_code == 201
    assert response.json()["slug"] != "mine"
