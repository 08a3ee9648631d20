"""The migrations, connections and transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app import ROOT, models
from app.database import begin_write, create_engine, migrate
from app.errors import ProblemError


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/folder/test.db"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    migrate(url)
    engine = create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def config(url: str) -> Config:
    migrate(url)
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["url"] = url
    return config


def test_the_migrations_make_the_tables_of_the_models(config: Config) -> None:
    # It raises an error if Alembic would write another migration.
    command.check(config)


def test_no_id_is_given_again_after_a_migration_that_copies_the_table(
    config: Config, engine: Engine
) -> None:
    tables = models.Base.metadata.sorted_tables
    name = next(t.name for t in tables if t.dialect_options["sqlite"]["autoincrement"])
    highest = text("SELECT seq FROM sqlite_sequence WHERE name = :name").bindparams(name=name)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM sqlite_sequence"))
        connection.execute(text("INSERT INTO sqlite_sequence VALUES (:n, 41)"), {"n": name})

    def copy_table(_: object, context: MigrationContext) -> list[object]:
        with Operations(context).batch_alter_table(name, recreate="always"):
            return []

    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(config, script, fn=copy_table):
        script.run_env()
    with engine.connect() as connection:
        assert connection.scalar(highest) == 41
        schema = text("SELECT sql FROM sqlite_schema WHERE name = :n").bindparams(n=name)
        assert "AUTOINCREMENT" in connection.scalar(schema)


def test_a_writer_gives_up_while_another_program_writes(engine: Engine) -> None:
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Session(engine) as session, pytest.raises(ProblemError) as busy:
            begin_write(session)
        assert busy.value.status == 503
        with engine.connect() as reader:
            assert reader.scalar(text("SELECT 1")) == 1


def test_a_transaction_sees_the_database_at_one_moment(engine: Engine) -> None:
    count = text("SELECT count(*) FROM alembic_version")
    with Session(engine) as reader, Session(engine) as writer:
        assert reader.scalar(count) == 1
        begin_write(writer)
        writer.execute(text("DELETE FROM alembic_version"))
        writer.commit()
        assert reader.scalar(count) == 1
        reader.rollback()
        assert reader.scalar(count) == 0


def test_foreign_keys_are_checked(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
