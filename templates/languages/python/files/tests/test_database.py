"""The migrations, and the connection."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from app import ROOT
from app.database import DatabaseUrlError, open_database


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
    assert values == ["wal", 1, 10000]


@pytest.mark.parametrize("url", ["app.db", "postgresql://localhost/app", "sqlite:///:memory:"])
def test_an_address_that_is_no_file_of_sqlite_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUrlError):
        open_database(url)
