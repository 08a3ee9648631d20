"""The application. `python -m app` runs it; the tests call it without a network."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The repository: beside the code it has the migrations and the description of the API."""
