"""The list of posts: order, filters, pages."""

import pytest
from fastapi.testclient import TestClient


def write(client: TestClient, title: str, body: str = "x", tags: tuple[str, ...] = ()) -> None:
    post = {"title": title, "body": body, "tags": tags, "published": True}
    assert client.post("/api/posts", json=post).status_code == 201


def titles(client: TestClient, query: str = "") -> list[str]:
    return [post["title"] for post in client.get(f"/api/posts?{query}").json()["items"]]


def test_the_last_published_is_first_and_drafts_are_not_listed(client: TestClient) -> None:
    for title in ["late", "draft"]:
        client.post("/api/posts", json={"title": title, "body": "x"})
    write(client, "a")
    write(client, "b")
    client.patch("/api/posts/late", json={"published": True})
    assert titles(client) == ["late", "b", "a"]


def test_a_tag_matches_exactly(client: TestClient) -> None:
    write(client, "a", tags=("rust", "web"))
    write(client, "b", tags=("rust-lang",))
    assert titles(client, "tag=rust") == ["a"]
    assert titles(client, "tag=Rust") == []
    assert titles(client, "tag=A%20B") == []


def test_a_search_takes_every_character_as_it_is(client: TestClient) -> None:
    write(client, "100% sure")
    write(client, "snake_case", body="It's a \\ Backslash")
    write(client, "Ärger", body="日本")
    assert titles(client, "q=%25") == ["100% sure"]
    assert titles(client, "q=_") == ["snake_case"]
    assert titles(client, "q='S") == ["snake_case"]
    assert titles(client, "q=%5C+BACK") == ["snake_case"]
    assert titles(client, "q=ÄRG") == ["Ärger"]
    assert titles(client, "q=本") == ["Ärger"]
    assert titles(client, "q=nothing") == []


def test_pages_share_the_list_out(client: TestClient) -> None:
    for title in ["a", "b", "c"]:
        write(client, title)
    assert titles(client, "per_page=2") == ["c", "b"]
    assert titles(client, "per_page=2&page=2") == ["a"]
    assert titles(client, "per_page=2&page=1000000000") == []
    page = client.get("/api/posts?page=2&per_page=2&unknown=1").json()
    assert (page["page"], page["per_page"], page["total"]) == (2, 2, 3)


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "99999999999999999999"])
def test_a_query_that_breaks_a_rule_is_a_problem(client: TestClient, page: str) -> None:
    response = client.get(f"/api/posts?page={page}&per_page=101&q=%00")
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"page", "per_page", "q"}
