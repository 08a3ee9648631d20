"""Tasks: write, read, change, replace, delete."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

TASK = {"title": "Water the plants"}


def test_a_new_task_has_defaults_and_an_address(api: APIClient) -> None:
    response = api.post("/api/tasks", {"title": "  Über \t"})
    assert response.status_code == 201
    task = response.json()
    assert response.headers["Location"] == f"/api/tasks/{task['id']}"
    assert task["title"] == "Über"
    assert (task["description"], task["due"]) == ("", None)
    assert (task["status"], task["priority"]) == ("todo", "normal")
    assert task["created_at"] == task["updated_at"]
    assert api.get(response.headers["Location"]).json() == task


def test_a_change_touches_only_what_was_sent(api: APIClient) -> None:
    before = api.post("/api/tasks", TASK | {"due": "2030-05-01"}).json()
    path = f"/api/tasks/{before['id']}"
    after = api.patch(path, {"status": "doing", "due": None}).json()
    assert after["updated_at"] > before["updated_at"]
    changed = {"status": "doing", "due": None, "updated_at": after["updated_at"]}
    assert after == before | changed
    assert api.get(path).json() == after


@pytest.mark.django_db(transaction=True)
def test_changes_of_different_fields_at_once_both_hold(api: APIClient) -> None:
    path = api.post("/api/tasks", TASK).headers["Location"]
    changes = [{"status": "done"}, {"priority": "high"}, {"description": "x"}, {"title": "y"}]

    def change(fields: dict[str, str]) -> None:
        assert APIClient().patch(path, fields).status_code == 200
        connections.close_all()

    with ThreadPoolExecutor() as threads:
        list(threads.map(change, changes))
    task = api.get(path).json()
    assert all(task.items() >= change.items() for change in changes)


def test_a_replaced_task_has_defaults_for_what_was_left_out(api: APIClient) -> None:
    whole = {"title": "a", "description": "b", "status": "done", "priority": "low"}
    before = api.post("/api/tasks", whole | {"due": "2030-05-01"}).json()
    path = f"/api/tasks/{before['id']}"
    after = api.put(path, {"title": "new"}).json()
    assert after["updated_at"] > before["updated_at"]
    assert (after["id"], after["created_at"]) == (before["id"], before["created_at"])
    assert (after["description"], after["due"]) == ("", None)
    assert (after["status"], after["priority"]) == ("todo", "normal")
    assert api.put(path, {"status": "done"}).status_code == 422


def test_a_deleted_task_is_gone_and_its_id_is_not_given_again(api: APIClient) -> None:
    path = api.post("/api/tasks", TASK).headers["Location"]
    response = api.delete(path)
    assert (response.status_code, response.content) == (204, b"")
    assert api.delete(path).status_code == 404
    assert api.patch(path, {}).status_code == 404
    assert api.put(path, TASK).status_code == 404
    assert api.post("/api/tasks", TASK).headers["Location"] > path


@pytest.mark.parametrize("task_id", ["0", "-1", "x", "1.5", "9" * 19, "9" * 30])
def test_an_id_that_no_task_has_is_a_problem(api: APIClient, task_id: str) -> None:
    api.post("/api/tasks", TASK)
    response = api.get(f"/api/tasks/{task_id}")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": " \t", "description": "a\0b"}, {"title", "description"}),
        ({"title": "a\nb"}, {"title"}),
        ({"title": "x" * 201, "description": "x" * 10_001}, {"title", "description"}),
        ({"title": 5, "description": None}, {"title", "description"}),
        ({"status": "later", "priority": "urgent"}, {"status", "priority"}),
        ({"status": None, "priority": 1, "due": True}, {"status", "priority", "due"}),
        ({"due": "2030-02-29"}, {"due"}),
        ({"due": "20300501"}, {"due"}),
        ({"due": "2030-05-01T00:00:00"}, {"due"}),
        ({"due": 0}, {"due"}),
        ({"due": ""}, {"due"}),
    ],
)
def test_broken_fields_are_named_all_at_once_and_nothing_is_stored(
    api: APIClient, change: dict[str, Any], fields: set[str]
) -> None:
    response = api.post("/api/tasks", TASK | change)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert api.get("/api/tasks").json()["total"] == 0

    before = api.post("/api/tasks", TASK).json()
    response = api.patch(f"/api/tasks/{before['id']}", change)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert api.get(f"/api/tasks/{before['id']}").json() == before


@pytest.mark.django_db(transaction=True)
def test_a_write_is_refused_while_another_program_writes(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    connection.close()
    path = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        response = api.post("/api/tasks", TASK)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
        assert api.get("/api/tasks").json()["total"] == 0
        other.execute("ROLLBACK")
    assert api.post("/api/tasks", TASK).status_code == 201
    connection.close()


def test_the_admin_site_adds_a_task(admin_client: Client) -> None:
    form = {"title": "By hand", "description": "", "status": "todo", "priority": "low", "due": ""}
    assert admin_client.post("/admin/tasks/task/add/", form).status_code == 302
    assert admin_client.get("/api/tasks").json()["items"][0]["title"] == "By hand"
