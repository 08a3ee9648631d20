"""What holds for all paths of the server."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import ROOT

DESCRIPTION = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))

OPERATIONS_WITH_A_BODY = [
    (method, path)
    for path, operations in DESCRIPTION["paths"].items()
    for method, operation in operations.items()
    if "requestBody" in operation
]


def test_the_server_is_healthy(client: TestClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_the_server_is_not_healthy_without_its_tables(client: TestClient, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "test.db")) as connection:
        connection.execute("DROP TABLE alembic_version")
    assert client.get("/healthz").status_code == 503


def test_the_description_in_the_repository_is_the_one_served(client: TestClient) -> None:
    # The README says how to write it again.
    assert client.get("/openapi.json").json() == DESCRIPTION


def test_the_description_has_the_errors_as_they_are_sent() -> None:
    for operations in DESCRIPTION["paths"].values():
        for method, operation in operations.items():
            responses = operation["responses"]
            errors = [response for status, response in responses.items() if status[0] in "45"]
            assert all(list(error["content"]) == ["application/problem+json"] for error in errors)
            assert method == "get" or "Retry-After" in responses["503"]["headers"]


def test_a_write_says_when_to_come_again_while_another_program_writes(
    client: TestClient, tmp_path: Path
) -> None:
    method, path = OPERATIONS_WITH_A_BODY[0]
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        response = client.request(method, re.sub(r"\{\w+\}", "1", path), json={})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
    assert response.headers["Content-Type"] == "application/problem+json"


def test_the_documentation_is_on(client: TestClient) -> None:
    response = client.get("/docs")
    assert response.status_code == 200
    for address in re.findall(r'(?:href|src)="(https://[^/"]+)', response.text):
        assert address in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/%ff", "/api/healthz/"])
def test_an_unknown_path_under_api_is_a_problem(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/nothing", "/nothing", "/static/style.css"])
def test_every_response_has_the_security_headers(client: TestClient, path: str) -> None:
    for method in ["GET", "HEAD", "POST"]:
        response = client.request(method, path)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_the_page_and_all_its_files_are_served(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    types = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    files = re.findall(r'(?:href|src)="(/static/[^"]+\.(\w+))"', page.text)
    assert files
    for path, extension in files:
        response = client.get(path)
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(types[extension])


def test_an_internal_error_does_not_show_its_cause(client: TestClient) -> None:
    client.app.state.sessions = None
    quiet_client = TestClient(client.app, raise_server_exceptions=False)
    response = quiet_client.get(next(path for path in DESCRIPTION["paths"] if "/api/" in path))
    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "NoneType" not in response.text


@pytest.mark.parametrize(("method", "path"), OPERATIONS_WITH_A_BODY)
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/plain", b"{}"),
        ("application/x-www-form-urlencoded", b"a=b"),
        ("application/json", b""),
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b"null"),
        ("application/json", b'{"a": NaN}'),
        ("application/json", b'{"a": "\\ud800"}'),
        ("application/json", b'{"a": "\xff"}'),
        ("application/json", b"[" * 100_000),
        ("application/json", b" " * (1024 * 1024 + 1)),
    ],
)
def test_a_body_has_to_be_a_json_object_of_1_mib_at_most(
    client: TestClient, method: str, path: str, content_type: str, body: bytes
) -> None:
    path = re.sub(r"\{\w+\}", "1", path)
    expected = {413} if len(body) > 1024 * 1024 else {400, 422}
    for content in [body, iter([body])]:  # The second is sent without its length.
        headers = {"Content-Type": content_type}
        response = client.request(method, path, headers=headers, content=content)
        assert response.status_code in expected
        assert response.headers["Content-Type"] == "application/problem+json"
