"""What SQLite needs beside Django's own ways."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import SQLITE_BUSY
from threading import Lock

from django.db import connection, transaction

MAX_TURN_SECONDS = 5

write_turn = Lock()


class DatabaseBusyError(Exception):
    """Others write for too long."""


@contextmanager
def write_transaction() -> Iterator[None]:
    """`transaction.atomic()` for one at a time: SQLite has one writer.

    The others wait here for their turn. SQLite itself would only look again and again whether the
    lock is free, and under load somebody would have no luck for seconds.
    """
    if not write_turn.acquire(timeout=MAX_TURN_SECONDS):
        raise DatabaseBusyError
    try:
        with transaction.atomic():
            yield
    finally:
        write_turn.release()


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
    """Whether others have written for too long: here, or in another program."""
    if isinstance(error, DatabaseBusyError):
        return True
    # The lower byte is the error, the others say more about it.
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF == SQLITE_BUSY
