"""The one form of all errors: RFC 9457, `application/problem+json`."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError, WebSocketRequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app import routes
from app.errors import BusyError, ConflictError, InvalidError, NotFoundError, field_errors

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Scripts, styles and images from this server only, and none inside the page's text.
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
}

INVALID = HTTPException(422, "some fields are not valid")


def register(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, failed)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(WebSocketRequestValidationError, unreadable)
    app.add_exception_handler(InvalidError, invalid)
    app.add_exception_handler(NotFoundError, not_found)
    app.add_exception_handler(ConflictError, conflict)
    app.add_exception_handler(BusyError, busy)
    app.add_exception_handler(Exception, internal)


async def failed(request: Request, error: HTTPException) -> Response:
    return answer(request, error)


def answer(request: Request, error: HTTPException, **members: Any) -> Response:
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers or {})
    detail = error.detail
    if status == HTTPStatus.NOT_FOUND:
        detail = "there is nothing at this address"
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = "this address does not offer this method"
        headers["Allow"] = allowed_methods(request) or headers.get("Allow", "")
    problem = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    if routes.error_page and is_for_people(request):
        page = routes.error_page(request, problem)
        page.headers.update(headers)
        return page
    return JSONResponse(problem | members, status, headers, media_type="application/problem+json")


async def unreadable(request: Request, error: RequestValidationError) -> Response:
    found = error.errors()
    # A path that cannot be read leads nowhere.
    if any(one["loc"][0] == "path" for one in found):
        return answer(request, HTTPException(404))
    # Before its name, the place of a field has where it was: in the body or in the query.
    return answer(request, INVALID, errors=field_errors(found, start=1))


async def invalid(request: Request, error: InvalidError) -> Response:
    return answer(request, INVALID, errors=error.errors)


async def not_found(request: Request, _: NotFoundError) -> Response:
    return answer(request, HTTPException(404))


async def conflict(request: Request, error: ConflictError) -> Response:
    return answer(request, HTTPException(409, str(error)), **error.members)


async def busy(request: Request, _: BusyError) -> Response:
    headers = {"Retry-After": "1"}
    return answer(request, HTTPException(503, "the database is busy, try again soon", headers))


async def internal(request: Request, _: Exception) -> Response:
    """The cause belongs into the log, not into the answer."""
    # Starlette answers this outside of `Surround`.
    error = HTTPException(500, "something went wrong on our side", SECURITY_HEADERS)
    return answer(request, error)


def is_for_people(request: Request) -> bool:
    path = request.url.path
    return path not in ("/api", "/healthz", "/openapi.json") and not path.startswith("/api/")


def allowed_methods(request: Request) -> str:
    """Of all routes with this path: Starlette knows only the first one's."""

    def is_offered(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)

    methods = [method for method in METHODS if is_offered(method)]
    return ", ".join([*methods, "HEAD"] if "GET" in methods else methods)
