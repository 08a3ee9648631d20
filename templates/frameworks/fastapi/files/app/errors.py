"""Errors that the client caused, or may know of."""

from collections.abc import Iterable, Mapping
from typing import Any


class ProblemError(Exception):
    """Ends a request. The client gets `status`, `detail` and the other members as a problem."""

    def __init__(self, status: int, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.members = members


def field_errors(errors: Iterable[Mapping[str, Any]], skip: int = 0) -> dict[str, list[str]]:
    """The messages of Pydantic for each field. `skip` parts of a location come before its name."""
    fields: dict[str, list[str]] = {}
    for error in errors:
        name = str((error["loc"][skip:] or error["loc"])[0])
        if error["type"] == "string_pattern_mismatch":
            message = "Some of these characters are not allowed here"
        else:
            # The error that a validator of this application raised has the better text.
            message = str(error.get("ctx", {}).get("error", error["msg"]))
        messages = fields.setdefault(name, [])
        if message not in messages:
            messages.append(message)
    return fields
