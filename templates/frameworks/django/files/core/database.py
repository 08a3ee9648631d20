"""What SQLite needs beside Django's own ways."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import SQLITE_BUSY

from django.db import connection


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the database at one moment: a list fits its total.

    `transaction.atomic()` would do that too, but takes the write lock.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def is_busy(error: Exception) -> bool:
    """Whether another program has held the write lock for too long."""
    # The lower byte is the error, the others say more about it.
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF == SQLITE_BUSY
