"""The client and the database of the tests."""

import pytest
from django.conf import settings
from rest_framework.test import APIClient


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file, as the server has it; Django's own tests would keep it in memory."""
    path = tmp_path_factory.mktemp("data") / "test.db"
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(path)


@pytest.fixture
def api() -> APIClient:
    """Calls the application without a network, and sends JSON."""
    return APIClient()
