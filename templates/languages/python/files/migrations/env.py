"""Runs the migrations: at each start of the server, and by the command `alembic`."""

from alembic import context

from app import models
from app.config import Settings
from app.database import BEGIN_IMMEDIATE, make_engine

url = context.config.attributes.get("url") or Settings().database_url

# Without foreign keys: to change a column, SQLite has to make the table anew, and to drop the old
# one would delete all rows that refer to it.
engine = make_engine(url, foreign_keys=False)
with engine.connect().execution_options(**BEGIN_IMMEDIATE) as connection, connection.begin():
    context.configure(
        connection=connection, target_metadata=models.Base.metadata, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
