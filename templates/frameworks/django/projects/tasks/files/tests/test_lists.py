"""The list of tasks: filters, search, order, pages."""

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


def titles(api: APIClient, query: str = "") -> list[str]:
    response = api.get(f"/api/tasks?{query}")
    assert response.status_code == 200, response.text
    return [task["title"] for task in response.json()["items"]]


def test_filters_match_exactly_and_together(api: APIClient) -> None:
    for status in ["todo", "done"]:
        for priority in ["low", "high"]:
            task = {"title": f"{status} {priority}", "status": status, "priority": priority}
            api.post("/api/tasks", task)
    assert titles(api, "status=done") == ["done high", "done low"]
    assert titles(api, "priority=low&status=todo") == ["todo low"]
    assert titles(api, "status=doing") == []


def test_a_search_takes_every_character_as_it_is(api: APIClient) -> None:
    api.post("/api/tasks", {"title": "100% sure"})
    api.post("/api/tasks", {"title": "Snake", "description": "It's a_b \\ Backslash"})
    assert titles(api, "q=%25") == ["100% sure"]
    assert titles(api, "q=_") == ["Snake"]
    assert titles(api, "q='S A_B \\ BACK") == ["Snake"]
    assert titles(api, "q=sNAKE") == ["Snake"]


def test_every_order_goes_both_ways_and_ties_go_by_id(api: APIClient) -> None:
    for title, priority, due in [
        ("b", "high", None),
        ("C", "low", "2030-05-02"),
        ("a", "normal", "2030-05-01"),
        ("B", "low", "2030-05-02"),
    ]:
        api.post("/api/tasks", {"title": title, "priority": priority, "due": due})
    assert titles(api) == ["B", "a", "C", "b"]
    assert titles(api, "order=asc") == ["b", "C", "a", "B"]
    assert titles(api, "sort=created_at") == ["b", "C", "a", "B"]
    assert titles(api, "sort=due") == ["a", "C", "B", "b"]
    assert titles(api, "sort=due&order=desc") == ["B", "C", "a", "b"]
    assert titles(api, "sort=priority") == ["C", "B", "a", "b"]
    assert titles(api, "sort=priority&order=desc") == ["b", "a", "B", "C"]
    assert titles(api, "sort=title") == ["a", "b", "B", "C"]
    assert titles(api, "sort=title&order=desc") == ["C", "B", "b", "a"]


def test_pages_share_the_list_out(api: APIClient) -> None:
    for title in ["a", "b", "c"]:
        api.post("/api/tasks", {"title": title})
    assert titles(api, "per_page=2") == ["c", "b"]
    assert titles(api, "per_page=2&page=2") == ["a"]
    assert titles(api, "per_page=2&page=1000000000") == []
    page = api.get("/api/tasks?page=2&per_page=2&unknown=1").json()
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
def test_a_query_that_breaks_a_rule_is_a_problem(api: APIClient, query: str, field: str) -> None:
    response = api.get(f"/api/tasks?{query}")
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {field}
