"""What is done with every request and response."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from core.database import is_busy
from core.problems import problem_response

MAX_BODY_BYTES = 1024 * 1024

# Scripts, styles and images come from this server alone, and none stands in a page's text.
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

# The page /docs loads Swagger UI from a CDN, and starts it by a script in its text.
DOCS_POLICY = (
    "default-src 'self'; script-src 'unsafe-inline' https://cdn.jsdelivr.net; "
    "style-src 'unsafe-inline' https://cdn.jsdelivr.net; "
    "img-src 'self' data: https://cdn.jsdelivr.net"
)


class ContentSecurityPolicyMiddleware(MiddlewareMixin):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        policy = DOCS_POLICY if request.path == "/docs" else POLICY
        response.headers["Content-Security-Policy"] = policy
        return response


class RequestLimitsMiddleware:
    """Refuses bodies that are too long, and answers when the database is busy.

    It is not written for `async`, as the views are not. So Django runs all middleware and the view
    of a request in one thread, instead of waiting for a thread again at each of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = int(request.headers.get("Content-Length") or 0)
        if length > MAX_BODY_BYTES:
            return problem_response(request, 413, "The body is longer than 1 MiB.")
        # Django would take a body without a length for an empty one.
        without_body = request.method in ("PATCH", "PUT") and length == 0
        if without_body or "Transfer-Encoding" in request.headers:
            return problem_response(request, 411, "Send a body, and its Content-Length.")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_busy(error):
            headers = {"Retry-After": "1"}
            detail = "The database is busy. Try again soon."
            return problem_response(request, 503, detail, headers)
        return None
