"""Opens the SQLite database, and brings its tables up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session

from app import ROOT

BEGIN_IMMEDIATE = {"sqlite_begin": "BEGIN IMMEDIATE"}

# The writers of this process wait here, in turn: SQLite lets each try again, and the unlucky fail.
writing = Lock()


class Base(DeclarativeBase):
    """What all tables are made from."""


class DatabaseUrlError(ValueError):
    pass


def open_database(url: str) -> Engine:
    """Creates the file, its folder and its tables if they are not there yet."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUrlError(str(error)) from error
    if parsed.drivername != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise DatabaseUrlError("it must name a file of SQLite, as sqlite:///data/app.db")
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    migrate(url)
    return make_engine(url)


def make_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    # As many connections as there are threads that ask for one: none of them waits for another's.
    engine = create_engine(url, max_overflow=-1)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        # Python's driver would begin transactions at a moment of its own choice: see `begin`.
        connection.isolation_level = None
        # There is one writer at a time: the others wait for their turn.
        connection.execute("PRAGMA busy_timeout = 10000")
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
    command.upgrade(config, "head")


@contextmanager
def write(session: Session) -> Iterator[None]:
    """A transaction that reads before it writes: all of it is stored, or nothing.

    A plain `BEGIN` would take the write lock at its first write only. If another writer was faster,
    what has been read is out of date, and SQLite refuses at once. `IMMEDIATE` waits for the lock.
    """
    # What was read before may be out of date as well: it is read again.
    session.rollback()
    with writing:
        session.connection(execution_options=BEGIN_IMMEDIATE)
        try:
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise
