"""Runs the application in a test, with a database of its own and without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.database import open_database
from app.main import create_app


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    engine = open_database(f"sqlite:///{tmp_path}/test.db")
    with TestClient(create_app(engine), follow_redirects=False) as client:
        yield client
