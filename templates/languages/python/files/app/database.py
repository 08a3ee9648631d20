"""Opens the SQLite database, and brings its tables up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import SQLITE_BUSY
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from app import ROOT
from app.errors import BusyError

BEGIN_IMMEDIATE = {"sqlite_begin": "BEGIN IMMEDIATE"}

# How long a writer waits, for others in this process and then for other processes. Long waits would
# take up all threads, and the readers would wait with the writers.
WAIT_SECONDS = 2

# The writers of this process wait here, in turn: SQLite lets each try again, and the unlucky fail.
writing = Lock()


class Base(DeclarativeBase):
    """The base of all tables."""

    # Every constraint has a name: a migration cannot change or drop one without it.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class DatabaseUrlError(ValueError):
    pass


class MigrationError(Exception):
    """A migration did not run to its end: nothing of it is stored."""


def open_database(url: str) -> Engine:
    """Creates the file, its folder and its tables if they are not there yet."""
    engine = make_engine(url)
    # A file that cannot be opened is not the fault of a migration.
    engine.connect().close()
    migrate(url)
    return engine


def parse_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUrlError(str(error)) from error
    if parsed.drivername != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise DatabaseUrlError("it must name a file of SQLite, as sqlite:///data/app.db")
    return parsed


def make_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """For the server, and for the command `alembic`, which may come first."""
    parsed = parse_url(url)
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # As many connections as there are threads that ask for one: none of them waits for another's.
    engine = create_engine(parsed, max_overflow=-1)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        # Python's driver would begin transactions at a moment of its own choice: see `begin`.
        connection.isolation_level = None
        # There is one writer at a time: the others wait for their turn.
        connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
        # Readers don't wait for the writer, nor the writer for readers.
        connection.execute("PRAGMA journal_mode = WAL")
        # SQLite ignores REFERENCES unless told otherwise.
        connection.execute(f"PRAGMA foreign_keys = {foreign_keys:d}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))

    return engine


def migrate(url: str) -> None:
    """Runs the files in `migrations/versions/` that have not run on this database yet."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["url"] = url
    try:
        command.upgrade(config, "head")
    except Exception as error:
        raise MigrationError(str(error)) from error


@contextmanager
def write(session: Session) -> Iterator[None]:
    """A transaction that reads before it writes: all of it is stored, or nothing.

    A plain `BEGIN` would take the write lock at its first write only. If another writer was faster,
    what has been read is out of date, and SQLite refuses at once. `IMMEDIATE` waits for the lock.
    """
    # What was read before may be out of date as well: it is read again.
    session.rollback()
    if not writing.acquire(timeout=WAIT_SECONDS):
        raise BusyError
    try:
        begin_immediate(session)
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        writing.release()


def begin_immediate(session: Session) -> None:
    try:
        session.connection(execution_options=BEGIN_IMMEDIATE)
    except OperationalError as error:
        if error.orig.sqlite_errorcode == SQLITE_BUSY:
            raise BusyError from error
        raise
