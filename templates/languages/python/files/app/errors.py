"""What can go wrong between a request that could be read and its answer."""

from collections.abc import Iterable, Mapping
from typing import Any


class NotFoundError(Exception):
    """There is nothing at this address."""


class ConflictError(Exception):
    """The request is sound, but not now. `members` tell more in the answer."""

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.members = members


class BusyError(Exception):
    """Somebody else has been writing to the database for too long."""


class InvalidError(Exception):
    """Each field is well by itself, but not with what is stored."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.errors = {field: [message]}


def field_errors(found: Iterable[Mapping[str, Any]], start: int = 0) -> dict[str, list[str]]:
    """The messages for each broken field, whose name is at `start` in the place of an error."""
    errors: dict[str, list[str]] = {}
    for error in found:
        # An error that one of our own rules has raised says it best.
        message = str(error.get("ctx", {}).get("error", error["msg"]))
        messages = errors.setdefault(str(error["loc"][start]), [])
        if message not in messages:
            messages.append(message)
    return errors
