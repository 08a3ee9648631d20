"""What holds for every address of the server."""

import json

import pytest
from fastapi.testclient import TestClient

from app import ROOT

DESCRIPTION = json.loads((ROOT / "openapi.json").read_text())

JSON = {"Content-Type": "application/json"}


def test_the_server_is_healthy(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/%ff", "/api/healthz/"])
def test_an_unknown_path_under_api_is_a_problem(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/nothing", "/nothing", "/static/style.css"])
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    for method in ["GET", "HEAD", "POST"]:
        answer = client.request(method, path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_a_failure_of_ours_tells_nothing_of_its_cause(client: TestClient) -> None:
    client.app.state.sessions = None
    quiet = TestClient(client.app, raise_server_exceptions=False)
    answer = quiet.get(next(path for path in DESCRIPTION["paths"] if "{" not in path))
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "NoneType" not in answer.text


def test_the_description_is_served_as_it_is_in_the_repository(client: TestClient) -> None:
    answer = client.get("/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == DESCRIPTION


@pytest.mark.parametrize("path", DESCRIPTION["paths"])
def test_every_described_operation_is_routed_and_no_other_method_is(
    client: TestClient, path: str
) -> None:
    # Without a route the answer would be 404 also for methods that are not described.
    address = path.replace("{", "no-").replace("}", "")
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"]:
        answer = client.request(method, address)
        described = method.lower() in DESCRIPTION["paths"][path]
        assert (answer.status_code != 405) == described, method
        if not described:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert method not in answer.headers["Allow"].split(", ")


def paths_that_take_a_body() -> list[str]:
    posts = ((path, one.get("post", {})) for path, one in DESCRIPTION["paths"].items())
    return [path for path, post in posts if "requestBody" in post and "{" not in path]


@pytest.mark.parametrize("path", paths_that_take_a_body())
@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"", 415),
        ({}, b"{}", 415),
        ({"Content-Type": "text/plain"}, b"{}", 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"a=b", 415),
        (JSON, b"", 400),
        (JSON, b"{", 400),
        (JSON, b"[]", 400),
        (JSON, b"null", 400),
        (JSON, b'{"a": NaN}', 400),
        (JSON, b'{"a": "\\ud800"}', 400),
        (JSON, b'{"a": "\xff"}', 400),
        (JSON, b"[" * 100_000, 400),
        (JSON, b" " * (1024 * 1024 + 1), 413),
    ],
)
def test_a_body_has_to_be_a_json_object_of_bearable_size(
    client: TestClient, path: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    for content in [body, iter([body])]:  # The second is sent without its length.
        answer = client.post(path, headers=headers, content=content)
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
