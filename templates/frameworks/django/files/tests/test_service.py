"""What holds for all addresses of the server."""

import json
import re
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client, RequestFactory
from rest_framework import exceptions

from core.database import snapshot
from core.problems import exception_handler

pytestmark = pytest.mark.django_db

DESCRIPTION = json.loads((settings.BASE_DIR / "openapi.json").read_text(encoding="utf-8"))

OPERATIONS_WITH_A_BODY = [
    (method, path)
    for path, operations in DESCRIPTION["paths"].items()
    for method, operation in operations.items()
    if "requestBody" in operation
]

LISTS = [
    path
    for path, operations in DESCRIPTION["paths"].items()
    for parameter in operations.get("get", {}).get("parameters", [])
    if parameter["name"] == "per_page"
]


def test_the_server_is_healthy(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert client.post("/healthz").status_code == 405


def test_the_server_is_not_healthy_without_its_tables(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_migrations")
    assert client.get("/healthz").status_code == 503


def test_the_migrations_make_the_tables_of_the_models() -> None:
    # It ends with an error if Django would write another migration.
    call_command("makemigrations", check=True, dry_run=True)


def test_the_description_in_the_repository_is_the_one_served(client: Client) -> None:
    # The README says how to write it anew.
    assert client.get("/openapi.json").json() == DESCRIPTION


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (exceptions.ValidationError("too late"), 422, "too late"),
        (exceptions.ValidationError({"due": ["too late"]}), 422, "too late"),
        (exceptions.PermissionDenied("not yours"), 403, "not yours"),
        (exceptions.PermissionDenied(["not yours"]), 403, "not yours"),
        (exceptions.PermissionDenied({"owner": "not yours"}), 403, "not yours"),
    ],
)
def test_an_error_is_a_problem_in_whatever_form_it_is_raised(
    error: exceptions.APIException, status: int, text: str
) -> None:
    response = exception_handler(error, {"request": RequestFactory().get("/api/any")})
    assert response is not None
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert text in response.content.decode()


def test_the_documentation_is_on(client: Client) -> None:
    response = client.get("/docs")
    assert response.status_code == 200
    for address in re.findall(r'(?:href|src)="(https://[^/"]+)', response.text):
        assert address in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/%ff", "/api/healthz/"])
def test_an_unknown_path_under_api_is_a_problem(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/nothing", "/nothing", "/static/style.css"])
def test_every_response_has_the_security_headers(client: Client, path: str) -> None:
    for method in ["GET", "HEAD", "POST"]:
        response = client.generic(method, path)
        # Reads a file to its end, and closes it.
        response.getvalue()
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_the_page_and_all_its_files_are_served(client: Client) -> None:
    page = client.get("/")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    types = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    files = re.findall(r'(?:href|src)="(/static/[^"]+\.(\w+))"', page.text)
    assert files
    for path, extension in files:
        response = client.get(path)
        assert response.getvalue()
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(types[extension])


def test_the_admin_site_has_no_script_or_style_in_its_pages(admin_client: Client) -> None:
    page = admin_client.get("/admin/")
    assert page.status_code == 200
    # The policy allows none.
    assert not re.findall(r"<style|<script(?![^>]* src=)| style=| on\w+=", page.text)


def test_an_internal_error_does_not_show_its_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.pagination.Pagination.paginate_queryset", None)
    client = Client(raise_request_exception=False)
    response = client.get(min(LISTS, key=len))
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
        ("application/json", b'{"a": "\xff"}'),
        ("application/json", b"[" * 100_000),
        ("application/json", b" " * (1024 * 1024 + 1)),
    ],
)
def test_a_body_has_to_be_a_json_object_of_1_mib_at_most(
    client: Client, method: str, path: str, content_type: str, body: bytes
) -> None:
    path = re.sub(r"\{\w+\}", "1", path)
    response = client.generic(method.upper(), path, body, content_type)
    expected = {413} if len(body) > 1024 * 1024 else {400, 404, 411, 415, 422}
    assert response.status_code in expected
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_body_needs_its_length(client: Client) -> None:
    method, path = OPERATIONS_WITH_A_BODY[0]
    headers = {"Transfer-Encoding": "chunked"}
    response = client.generic(method.upper(), re.sub(r"\{\w+\}", "1", path), headers=headers)
    assert response.status_code == 411


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_sees_the_database_at_one_moment() -> None:
    path = connections["default"].settings_dict["NAME"]
    count = "SELECT count(*) FROM django_session"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        with snapshot(), connection.cursor() as cursor:
            before = cursor.execute(count).fetchone()
            writer.execute("INSERT INTO django_session VALUES ('key', 'data', '2030-05-01')")
            assert cursor.execute(count).fetchone() == before
        with connection.cursor() as cursor:
            assert cursor.execute(count).fetchone() != before
