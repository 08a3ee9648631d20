"""Times in UTC, stored and sent always in the same form."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import PlainSerializer, WithJsonSchema
from sqlalchemy import DateTime, Dialect, TypeDecorator


def utc_now() -> datetime:
    return datetime.now(UTC)


def rfc3339(time: datetime) -> str:
    """`2026-11-22T18:30:00.123456Z`, always with six digits."""
    return time.isoformat(timespec="microseconds").replace("+00:00", "Z")


Timestamp = Annotated[
    datetime,
    PlainSerializer(rfc3339),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A time in JSON."""


class UtcDateTime(TypeDecorator[datetime]):
    """A time in the database, where SQLite stores a text without a time zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, _: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)
