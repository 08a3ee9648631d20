"""Search in lists: `?q=`."""

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import InstrumentedAttribute


def contains(text: str, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether a column contains `text`. In LIKE, % and _ would have a meaning."""
    # SQLite's `lower` changes ASCII letters only.
    found = (func.instr(func.lower(column), func.lower(text)) > 0 for column in columns)
    return or_(*found)
