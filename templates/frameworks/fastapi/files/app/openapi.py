"""The description of the API: FastAPI's own, with the errors as this application sends them."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

PROBLEM = {"$ref": "#/components/schemas/Problem"}

BUSY = {
    "description": "The database is busy",
    "headers": {
        "Retry-After": {
            "description": "After how many seconds to send the request again",
            "schema": {"type": "integer"},
        }
    },
    "content": {"application/problem+json": {"schema": PROBLEM}},
}


def set_description(app: FastAPI) -> None:
    """Replaces `app.openapi`: FastAPI's documentation calls this "Extending OpenAPI"."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = get_openapi(
                title=app.title, version=app.version, routes=app.routes
            )
            for path in app.openapi_schema["paths"].values():
                for method, operation in path.items():
                    describe_errors(method, operation["responses"])
        return app.openapi_schema

    app.openapi = openapi


def describe_errors(method: str, responses: dict[str, Any]) -> None:
    # FastAPI takes every model for `application/json`.
    for response in responses.values():
        content = response.get("content", {})
        if content.get("application/json") == {"schema": PROBLEM}:
            response["content"] = {"application/problem+json": {"schema": PROBLEM}}
    if method != "get":
        responses["503"] = BUSY
