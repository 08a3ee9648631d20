"""Tasks: write, read, change, replace, delete."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

TASK = {"title": "Water the plants"}


def test_a_new_task_has_defaults_and_an_address(client: TestClient) -> None:
    response = client.post("/api/tasks", json={"title": "  Über \t"})
    assert response.status_code == 201
    task = response.json()
    assert response.headers["Location"] == f"/api/tasks/{task['id']}"
    assert task["title"] == "Über"
    assert (task["description"], task["due"]) == ("", None)
    assert (task["status"], task["priority"]) == ("todo", "normal")
    assert task["created_at"] == task["updated_at"]
    assert client.get(response.headers["Location"]).json() == task


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
    response = client.delete(path)
    assert (response.status_code, response.content) == (204, b"")
    assert client.delete(path).status_code == 404
    assert client.patch(path, json={}).status_code == 404
    assert client.put(path, json=TASK).status_code == 404
    assert client.post("/api/tasks", json=TASK).headers["Location"] > path


@pytest.mark.parametrize(
    ("task_id", "status"),
    [("0", 404), ("-1", 404), ("2", 404), ("x", 422), ("1.5", 422), ("9" * 30, 422)],
)
def test_an_id_that_no_task_has_is_a_problem(client: TestClient, task_id: str, status: int) -> None:
    client.post("/api/tasks", json=TASK)
    response = client.get(f"/api/tasks/{task_id}")
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"


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
    response = client.post("/api/tasks", json=TASK | change)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert client.get("/api/tasks").json()["total"] == 0

    before = client.post("/api/tasks", json=TASK).json()
    response = client.patch(f"/api/tasks/{before['id']}", json=change)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert client.get(f"/api/tasks/{before['id']}").json() == before


def test_a_write_is_refused_while_another_program_writes(
    client: TestClient, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        response = client.post("/api/tasks", json=TASK)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
        assert client.get("/api/tasks").json()["total"] == 0
    assert client.post("/api/tasks", json=TASK).status_code == 201
