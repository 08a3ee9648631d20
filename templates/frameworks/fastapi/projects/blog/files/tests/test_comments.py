"""Comments through the API."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

COMMENT = {"author": "Ada", "body": "Hi"}
PATH = "/api/posts/a/comments"


@pytest.fixture(autouse=True)
def post(client: TestClient) -> None:
    client.post("/api/posts", json={"title": "A", "body": "Text.", "published": True})


def test_comments_are_listed_oldest_first(client: TestClient) -> None:
    for author in ["Ada", "Grace"]:
        response = client.post(PATH, json={"author": author, "body": " Hi\n"})
        assert (response.status_code, response.json()["body"]) == (201, " Hi\n")
    page = client.get(f"{PATH}?per_page=1&page=2").json()
    assert page["total"] == 2
    assert page["items"][0]["author"] == "Grace"


def test_a_draft_takes_no_comments(client: TestClient) -> None:
    client.patch("/api/posts/a", json={"published": False})
    assert client.post(PATH, json=COMMENT).status_code == 409
    assert client.post("/api/posts/b/comments", json=COMMENT).status_code == 404
    assert client.get(PATH).json()["total"] == 0


@pytest.mark.parametrize(
    "comment",
    [
        {},
        {"author": "", "body": " \n"},
        {"author": "x" * 81, "body": "x" * 2001},
        {"author": ["Ada"], "body": None},
    ],
)
def test_a_comment_without_author_or_body_is_refused(
    client: TestClient, comment: dict[str, Any]
) -> None:
    response = client.post(PATH, json=comment)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"author", "body"}


def test_comments_go_with_their_post_and_do_not_come_back(client: TestClient) -> None:
    old = client.post(PATH, json=COMMENT).json()
    client.delete("/api/posts/a")
    assert client.get(PATH).status_code == 404

    client.post("/api/posts", json={"title": "A", "body": "Another.", "published": True})
    assert client.get(PATH).json()["total"] == 0
    assert client.post(PATH, json=COMMENT).json()["id"] > old["id"]
