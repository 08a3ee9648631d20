"""The SQLite database: its tables, connections, transactions and migrations."""

from pathlib import Path
from sqlite3 import SQLITE_BUSY, Error
from typing import Any

import sqlalchemy
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from app import ROOT
from app.errors import ProblemError

# How long a transaction waits for another program that writes, before the client gets a 503.
BUSY_TIMEOUT_SECONDS = 2

BEGIN_IMMEDIATE = {"sqlite_begin": "BEGIN IMMEDIATE"}


class Base(DeclarativeBase):
    """The base class of all tables."""

    # Every constraint gets a name: a migration could not change or drop it without one.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def create_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    Path(str(make_url(url).database)).parent.mkdir(parents=True, exist_ok=True)
    # As many connections as threads: with fewer, threads would wait for each other's.
    engine = sqlalchemy.create_engine(url, max_overflow=-1)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        # Python's driver would start transactions late, and not for reads: see `begin`.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
        # Readers don't wait for the writer, nor the writer for readers.
        connection.execute("PRAGMA journal_mode = WAL")
        # SQLite ignores foreign keys by default.
        connection.execute(f"PRAGMA foreign_keys = {foreign_keys:d}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # All reads of a transaction see the same state of the database: a list fits its total.
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))

    return engine


def begin_write(session: Session) -> None:
    """Starts a transaction that may read before it writes.

    A plain `BEGIN` takes the write lock at the first write only. If another writer came first,
    what this transaction has read is old, and SQLite refuses the write at once.
    """
    try:
        session.connection(execution_options=BEGIN_IMMEDIATE)
    except OperationalError as error:
        # The lower byte is the error, the others say more about it.
        if isinstance(error.orig, Error) and error.orig.sqlite_errorcode & 0xFF == SQLITE_BUSY:
            raise database_busy() from error
        raise


def database_busy() -> ProblemError:
    return ProblemError(503, "The database is busy. Try again soon.")


def migrate(url: str) -> None:
    """Runs the files of `migrations/versions/` that have not run on this database yet."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["url"] = url
    command.upgrade(config, "head")
