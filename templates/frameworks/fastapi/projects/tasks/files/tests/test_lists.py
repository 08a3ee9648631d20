"""The list of tasks: filters, search, order, pages."""

import pytest
from fastapi.testclient import TestClient


def titles(client: TestClient, query: str = "") -> list[str]:
    response = client.get(f"/api/tasks?{query}")
    assert response.status_code == 200, response.text
    return [task["title"] for task in response.json()["items"]]


def test_filters_match_exactly_and_together(client: TestClient) -> None:
    for status in ["todo", "done"]:
        for priority in ["low", "high"]:
            task = {"title": f"{status} {priority}", "status": status, "priority": priority}
            client.post("/api/tasks", json=task)
    assert titles(client, "status=done") == ["done high", "done low"]
    assert titles(client, "priority=low&status=todo") == ["todo low"]
    assert titles(client, "status=doing") == []


def test_a_search_takes_every_character_as_it_is(client: TestClient) -> None:
    client.post("/api/tasks", json={"title": "100% sure"})
    client.post("/api/tasks", json={"title": "Snake", "description": "It's a_b \\ Backslash"})
    assert titles(client, "q=%25") == ["100% sure"]
    assert titles(client, "q=_") == ["Snake"]
    assert titles(client, "q='S A_B \\ BACK") == ["Snake"]
    assert titles(client, "q=sNAKE") == ["Snake"]


def test_every_order_goes_both_ways_and_ties_go_by_id(client: TestClient) -> None:
    for title, priority, due in [
        ("b", "high", None),
        ("C", "low", "2030-05-02"),
        ("a", "normal", "2030-05-01"),
        ("B", "low", "2030-05-02"),
    ]:
        client.post("/api/tasks", json={"title": title, "priority": priority, "due": due})
    assert titles(client) == ["B", "a", "C", "b"]
    assert titles(client, "order=asc") == ["b", "C", "a", "B"]
    assert titles(client, "sort=created_at") == ["b", "C", "a", "B"]
    assert titles(client, "sort=due") == ["a", "C", "B", "b"]
    assert titles(client, "sort=due&order=desc") == ["B", "C", "a", "b"]
    assert titles(client, "sort=priority") == ["C", "B", "a", "b"]
    assert titles(client, "sort=priority&order=desc") == ["b", "a", "B", "C"]
    assert titles(client, "sort=title") == ["a", "b", "B", "C"]
    assert titles(client, "sort=title&order=desc") == ["C", "B", "b", "a"]


def test_pages_share_the_list_out(client: TestClient) -> None:
    for title in ["a", "b", "c"]:
        client.post("/api/tasks", json={"title": title})
    assert titles(client, "per_page=2") == ["c", "b"]
    assert titles(client, "per_page=2&page=2") == ["a"]
    assert titles(client, "per_page=2&page=1000000000") == []
    page = client.get("/api/tasks?page=2&per_page=2&unknown=1").json()
    assert (page["page"], page["per_page"], page["total"]) == (2, 2, 3)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=1.5", "page"),
        ("page=99999999999999999999", "page"),
        ("per_page=101", "per_page"),
        ("sort=id", "sort"),
        ("order=up", "order"),
        ("status=later", "status"),
        ("priority=urgent", "priority"),
        ("q=%00", "q"),
    ],
)
def test_a_query_that_breaks_a_rule_is_a_problem(
    client: TestClient, query: str, field: str
) -> None:
    response = client.get(f"/api/tasks?{query}")
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {field}
