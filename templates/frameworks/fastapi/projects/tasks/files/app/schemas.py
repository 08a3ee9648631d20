"""Tasks as clients send them, with the rules for each field, and as clients get them."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from app.paging import PageParams
from app.texts import SingleLine, Text
from app.timestamps import Timestamp


def parse_date(value: Any) -> date:
    # Pydantic would also take a number of seconds, and a date with a time.
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("Should be a date, as 2030-05-01")
    return date.fromisoformat(value)


Title = Annotated[SingleLine, Field(min_length=1, max_length=200)]
Description = Annotated[Text, Field(max_length=10_000)]
Status = Literal["todo", "doing", "done"]
Priority = Literal["low", "normal", "high"]
Due = Annotated[date, BeforeValidator(parse_date)] | None


# Strict: no number is taken for a text, and no text for a number.
class TaskCreate(BaseModel, strict=True):
    title: Title
    description: Description = ""
    status: Status = "todo"
    priority: Priority = "normal"
    due: Due = None


# Fields that are not sent are not changed: read it with `exclude_unset=True`. (A comment, because
# FastAPI shows the docstrings of schemas and path operations in /docs.)
class TaskUpdate(BaseModel, strict=True):
    title: Title = Field(default=None)
    description: Description = Field(default=None)
    status: Status = Field(default=None)
    priority: Priority = Field(default=None)
    due: Due = None


class TaskFilters(PageParams):
    status: Status | None = None
    priority: Priority | None = None
    q: Text | None = None
    sort: Literal["created_at", "due", "priority", "title"] | None = None
    order: Literal["asc", "desc"] | None = None


class TaskPublic(BaseModel):
    id: int
    title: str
    description: str
    status: Status
    priority: Priority
    due: date | None
    created_at: Timestamp
    updated_at: Timestamp
