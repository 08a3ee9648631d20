"""Tasks: write, read, change, replace, delete."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

TASK = {"title": "Water the plants"}


def test_a_new_task_has_defaults_and_an_address(client: TestClient) -> None:
    answer = client.post("/api/tasks", json={"title": "  Über \u2028"})
    assert answer.status_code == 201
    task = answer.json()
    assert answer.headers["Location"] == f"/api/tasks/{task['id']}"
    assert task["title"] == "Über"
    assert (task["description"], task["due"]) == ("", None)
    assert (task["status"], task["priority"]) == ("todo", "normal")
    assert task["created_at"] == task["updated_at"]
    assert client.get(answer.headers["Location"]).json() == task


def test_a_change_touches_only_what_was_sent(client: TestClient) -> None:
    before = client.post("/api/tasks", json=TASK | {"due": "2030-05-01"}).json()
    path = f"/api/tasks/{before['id']}"
    after = client.patch(path, json={"status": "doing", "due": None}).json()
    assert after["updated_at"] > before["updated_at"]
    changed = {"status": "doing", "due": None, "updated_at": after["updated_at"]}
    assert after == before | changed
    assert client.get(path).json() == after
    assert client.patch(path, json={}).json() == after


def test_changes_of_different_fields_at_once_both_hold(client: TestClient) -> None:
    path = client.post("/api/tasks", json=TASK).headers["Location"]
    changes = [{"status": "done"}, {"priority": "high"}, {"description": "x"}, {"title": "y"}]
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda change: client.patch(path, json=change), changes))
    task = client.get(path).json()
    assert all(task.items() >= change.items() for change in changes)


def test_a_replaced_task_has_defaults_for_what_was_left_out(client: TestClient) -> None:
    whole = {"title": "a", "description": "b", "status": "done", "priority": "low"}
    before = client.post("/api/tasks", json=whole | {"due": "2030-05-01"}).json()
    path = f"/api/tasks/{before['id']}"
    after = client.put(path, json={"title": "new"}).json()
    assert after["updated_at"] > before["updated_at"]
    assert (after["id"], after["created_at"]) == (before["id"], before["created_at"])
    assert (after["description"], after["due"]) == ("", None)
    assert (after["status"], after["priority"]) == ("todo", "normal")
    assert client.put(path, json={"status": "done"}).status_code == 422


def test_a_deleted_task_is_gone_and_its_id_is_not_given_again(client: TestClient) -> None:
    path = client.post("/api/tasks", json=TASK).headers["Location"]
    answer = client.delete(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "Content-Type" not in answer.headers
    assert client.delete(path).status_code == 404
    assert client.patch(path, json={}).status_code == 404
    assert client.put(path, json=TASK).status_code == 404
    assert client.post("/api/tasks", json=TASK).headers["Location"] > path


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.0", "%2B1", "9" * 30, "9" * 5000])
def test_an_id_that_is_no_positive_integer_is_not_there(client: TestClient, number: str) -> None:
    client.post("/api/tasks", json=TASK)
    answer = client.get(f"/api/tasks/{number}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": " \t", "description": "a\0b"}, {"title", "description"}),
        ({"title": "x" * 201, "description": "x" * 10_001}, {"title", "description"}),
        ({"title": 5, "description": None}, {"title", "description"}),
        ({"status": "later", "priority": "urgent"}, {"status", "priority"}),
        ({"status": None, "priority": 1, "due": True}, {"status", "priority", "due"}),
        ({"due": "2030-02-29"}, {"due"}),
        ({"due": "2030-05-01T00:00:00"}, {"due"}),
        ({"due": 0}, {"due"}),
        ({"due": ""}, {"due"}),
    ],
)
def test_broken_fields_are_named_all_at_once_and_nothing_is_stored(
    client: TestClient, change: dict[str, Any], fields: set[str]
) -> None:
    answer = client.post("/api/tasks", json=TASK | change)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == fields
    assert client.get("/api/tasks").json()["total"] == 0

    before = client.post("/api/tasks", json=TASK).json()
    answer = client.patch(f"/api/tasks/{before['id']}", json=change)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == fields
    assert client.get(f"/api/tasks/{before['id']}").json() == before
