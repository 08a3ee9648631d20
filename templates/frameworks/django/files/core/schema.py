"""The description of the API: what drf-spectacular does not know by itself."""

from typing import Any

PROBLEM = {
    "type": "object",
    "description": "An error, and for status 422 the messages for each field.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Adds to each operation a summary, and how it fails."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    retry_after = {"schema": {"type": "integer"}, "description": "Seconds to wait."}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            summary = operation["operationId"].replace("_", " ").capitalize()
            operation.setdefault("summary", summary)
            operation["responses"]["4XX"] = {"description": "A problem.", "content": content}
            if method != "get":
                operation["responses"]["503"] = {
                    "description": "The database is busy.",
                    "headers": {"Retry-After": retry_after},
                    "content": content,
                }
    return result
