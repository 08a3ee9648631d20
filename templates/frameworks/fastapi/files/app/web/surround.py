"""What surrounds every request and every answer."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import problems

MOST_BODY_BYTES = 1024 * 1024


class Surround:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            # The second is a WebSocket that is refused.
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                MutableHeaders(scope=message).update(problems.SECURITY_HEADERS)
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send_with_headers)
            return

        # Without this header FastAPI counts while it reads.
        if int(Headers(scope=scope).get("content-length", "0")) > MOST_BODY_BYTES:
            answer = problems.answer(Request(scope), HTTPException(413, "the body is too large"))
            await answer(scope, receive, send_with_headers)
            return
        if scope["method"] == "HEAD":
            # The server sends no body for it, and everything else is as for GET.
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send_with_headers)
