"""The settings: from the environment, and from `.env` where the environment says nothing."""

import logging
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    database_url: str = "sqlite:///data/app.db"
    log_level: Literal["error", "warn", "info", "debug"] = "info"


def configure_logging(settings: Settings) -> None:
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(message)s"
    )
    # Alembic tells at every start that it looked for migrations.
    logging.getLogger("alembic").setLevel(logging.WARNING)
