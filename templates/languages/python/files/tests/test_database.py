"""The migrations, and the connection."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.orm import Session

from app import ROOT
from app.database import DatabaseUrlError, open_database, write
from app.errors import BusyError


def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/folder/test.db"
    open_database(url).dispose()
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["url"] = url
    # It raises an error if Alembic would write another migration.
    command.check(config)


def test_a_connection_waits_for_its_turn_and_keeps_references(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/test.db")
    with engine.connect() as connection:
        pragmas = ["journal_mode", "foreign_keys", "busy_timeout"]
        values = [connection.scalar(text(f"PRAGMA {name}")) for name in pragmas]
    engine.dispose()
    assert values == ["wal", 1, 2000]


def test_a_writer_gives_up_while_another_program_holds_the_lock(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/test.db")
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Session(engine) as session, pytest.raises(BusyError), write(session):
            pass
        with engine.connect() as reader:
            assert reader.scalar(text("SELECT 1")) == 1
    with Session(engine) as session, write(session):
        pass
    engine.dispose()


@pytest.mark.parametrize("url", ["app.db", "postgresql://localhost/app", "sqlite:///:memory:"])
def test_an_address_that_is_no_file_of_sqlite_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUrlError):
        open_database(url)
