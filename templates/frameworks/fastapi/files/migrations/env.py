"""Runs the migrations: at each start of the server, and by the command `alembic`."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, Table, TypeDecorator, event, text

from app import models
from app.config import Settings
from app.database import BEGIN_IMMEDIATE, create_engine

metadata = models.Base.metadata


def render_item(kind: str, item: Any, _: Any) -> str | bool:
    """Writes a type of the application as the type of SQLAlchemy that it stores."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


# To change a column in SQLite, Alembic copies the table, but neither this option nor the highest id
# that was ever given: the id of a deleted row would be given again.
COPY = "_alembic_tmp_"


@event.listens_for(Table, "before_create")
def keep_autoincrement(table: Table, *_: Any, **__: Any) -> None:
    model = metadata.tables.get(table.name.removeprefix(COPY))
    if model is not None and model.dialect_options["sqlite"]["autoincrement"]:
        table.dialect_options["sqlite"]["autoincrement"] = True


@event.listens_for(Table, "after_create")
def keep_highest_id(table: Table, connection: Connection, **_: Any) -> None:
    if table.name.startswith(COPY) and table.dialect_options["sqlite"]["autoincrement"]:
        insert = "INSERT INTO sqlite_sequence SELECT :to, seq FROM sqlite_sequence WHERE name = :of"
        names = {"to": table.name, "of": table.name.removeprefix(COPY)}
        connection.execute(text(insert), names)


url = context.config.attributes.get("url") or Settings().database_url

# Without foreign keys: to change a column, Alembic copies the table, and to drop the old one would
# delete all rows that refer to it.
engine = create_engine(url, foreign_keys=False)
with engine.connect().execution_options(**BEGIN_IMMEDIATE) as connection, connection.begin():
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
