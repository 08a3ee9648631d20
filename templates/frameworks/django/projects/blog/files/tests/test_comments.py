"""Comments through the API."""

from typing import Any

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

COMMENT = {"author": "Ada", "body": "Hi"}
PATH = "/api/posts/a/comments"


@pytest.fixture(autouse=True)
def post(api: APIClient) -> None:
    api.post("/api/posts", {"title": "A", "body": "Text.", "published": True})


def test_comments_are_listed_oldest_first(api: APIClient) -> None:
    for author in ["Ada", "Grace"]:
        response = api.post(PATH, {"author": author, "body": " Hi\n"})
        assert (response.status_code, response.json()["body"]) == (201, " Hi\n")
    page = api.get(f"{PATH}?per_page=1&page=2").json()
    assert page["total"] == 2
    assert page["items"][0]["author"] == "Grace"


def test_a_draft_takes_no_comments(api: APIClient) -> None:
    api.patch("/api/posts/a", {"published": False})
    assert api.post(PATH, COMMENT).status_code == 409
    assert api.post("/api/posts/b/comments", COMMENT).status_code == 404
    assert api.get(PATH).json()["total"] == 0


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
    api: APIClient, comment: dict[str, Any]
) -> None:
    response = api.post(PATH, comment)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"author", "body"}


def test_comments_go_with_their_post_and_do_not_come_back(api: APIClient) -> None:
    old = api.post(PATH, COMMENT).json()
    api.delete("/api/posts/a")
    assert api.get(PATH).status_code == 404

    api.post("/api/posts", {"title": "A", "body": "Another.", "published": True})
    assert api.get(PATH).json()["total"] == 0
    assert api.post(PATH, COMMENT).json()["id"] > old["id"]
