"""Moments in UTC, stored and sent always in the same form."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from pydantic import PlainSerializer
from sqlalchemy import DateTime, Dialect, TypeDecorator


def now() -> datetime:
    return datetime.now(UTC)


def later_than(earlier: datetime) -> datetime:
    """Now, or just after `earlier` where the clock has not moved on since (or was set back)."""
    return max(now(), earlier + timedelta(microseconds=1))


def rfc3339(moment: datetime) -> str:
    """`2026-11-22T18:30:00.123456Z`, in full even on the second."""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def day(moment: datetime) -> str:
    """The day as people write it: `22 November 2026`."""
    return f"{moment.day} {moment:%B %Y}"


Timestamp = Annotated[datetime, PlainSerializer(rfc3339)]
"""A moment in JSON."""


class Moment(TypeDecorator[datetime]):
    """A moment in the database, where SQLite keeps a text without an offset: it is in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, _: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)
