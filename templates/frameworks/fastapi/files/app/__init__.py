"""The application: `fastapi dev` and `python -m app` run it."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The repository, with `static/` and `migrations/` beside the code."""
