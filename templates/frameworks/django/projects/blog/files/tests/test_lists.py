"""The list of posts: order, filters, pages."""

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


def write(api: APIClient, title: str, body: str = "x", tags: tuple[str, ...] = ()) -> None:
    post = {"title": title, "body": body, "tags": tags, "published": True}
    assert api.post("/api/posts", post).status_code == 201


def titles(api: APIClient, query: str = "") -> list[str]:
    return [post["title"] for post in api.get(f"/api/posts?{query}").json()["items"]]


def test_the_last_published_is_first_and_drafts_are_not_listed(api: APIClient) -> None:
    for title in ["late", "draft"]:
        api.post("/api/posts", {"title": title, "body": "x"})
    write(api, "a")
    write(api, "b")
    api.patch("/api/posts/late", {"published": True})
    assert titles(api) == ["late", "b", "a"]


def test_a_tag_matches_exactly(api: APIClient) -> None:
    write(api, "a", tags=("rust", "web"))
    write(api, "b", tags=("rust-lang",))
    assert titles(api, "tag=rust") == ["a"]
    assert titles(api, "tag=Rust") == []
    assert titles(api, "tag=A%20B") == []


def test_a_search_takes_every_character_as_it_is(api: APIClient) -> None:
    write(api, "100% sure")
    write(api, "snake_case", body="It's a \\ Backslash")
    write(api, "Ärger", body="日本")
    assert titles(api, "q=%25") == ["100% sure"]
    assert titles(api, "q=_") == ["snake_case"]
    assert titles(api, "q='S") == ["snake_case"]
    assert titles(api, "q=%5C+BACK") == ["snake_case"]
    assert titles(api, "q=ÄRG") == ["Ärger"]
    assert titles(api, "q=本") == ["Ärger"]
    assert titles(api, "q=nothing") == []


def test_pages_share_the_list_out(api: APIClient) -> None:
    for title in ["a", "b", "c"]:
        write(api, title)
    assert titles(api, "per_page=2") == ["c", "b"]
    assert titles(api, "per_page=2&page=2") == ["a"]
    assert titles(api, "per_page=2&page=1000000000") == []
    page = api.get("/api/posts?page=2&per_page=2&unknown=1").json()
    assert (page["page"], page["per_page"], page["total"]) == (2, 2, 3)


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=1.5", "per_page=101", "q=%00"])
def test_a_query_that_breaks_a_rule_is_a_problem(api: APIClient, query: str) -> None:
    response = api.get(f"/api/posts?{query}")
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {query.partition("=")[0]}
