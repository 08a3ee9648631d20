"""Runs the migrations: at each start of the server, and by the command `alembic`."""

from typing import Any

from alembic import context
from sqlalchemy import Table, TypeDecorator, event

from app import models
from app.config import Settings
from app.database import BEGIN_IMMEDIATE, create_engine

metadata = models.Base.metadata


def render_item(kind: str, item: Any, _: Any) -> str | bool:
    """Writes a type of the application as the type of SQLAlchemy that it stores."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


@event.listens_for(Table, "before_create")
def keep_autoincrement(table: Table, *_: Any, **__: Any) -> None:
    """To change a column in SQLite, Alembic copies the table, but not this option."""
    model = metadata.tables.get(table.name.removeprefix("_alembic_tmp_"))
    if model is not None and model.dialect_options["sqlite"]["autoincrement"]:
        table.dialect_options["sqlite"]["autoincrement"] = True


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
