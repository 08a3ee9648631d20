"""Reads the settings, opens the database, and serves until it is told to stop."""

import logging
import sys

import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app import routes
from app.config import Settings, configure_logging
from app.database import DatabaseUrlError, MigrationError, open_database
from app.main import create_app

# How long running requests may take once the server shall stop. Whoever runs it kills it after some
# seconds, and a client that sends nothing must not make it wait so long.
GRACE_PERIOD_SECONDS = 3


def main() -> None:
    try:
        settings = Settings()
        options = routes.uvicorn_options()
    except ValidationError as error:
        wrong = (f"{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors())
        sys.exit("error: " + "; ".join(wrong))
    configure_logging(settings)
    try:
        engine = open_database(settings.database_url)
    except (DatabaseUrlError, SQLAlchemyError, OSError) as error:
        sys.exit(f"error: DATABASE_URL: {error}")
    except MigrationError as error:
        logging.exception("a migration failed")
        sys.exit(f"error: a file in migrations/versions/ failed: {error}")
    uvicorn.run(
        create_app(engine),
        host=settings.host,
        port=settings.port,
        # The loggers of uvicorn write as all others do: see `configure_logging`.
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE_PERIOD_SECONDS,
        **options,
    )


main()
