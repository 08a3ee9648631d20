"""Tasks as clients send them, with the rules for each field, and as they get them."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from app.bodies import Input, Output
from app.paging import Paging
from app.texts import Search, line, lines
from app.timestamps import Timestamp


def read_day(value: Any) -> Any:
    # Pydantic would also take a number of seconds, and a day with a time.
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("must be a day, as 2030-05-01")
    return date.fromisoformat(value)


Title = line(1, 200)
Description = lines(0, 10_000)
Status = Literal["todo", "doing", "done"]
Priority = Literal["low", "normal", "high"]
Day = Annotated[date | None, BeforeValidator(read_day)]


class NewTask(Input):
    title: Title
    description: Description = ""
    status: Status = "todo"
    priority: Priority = "normal"
    due: Day = None


class TaskChange(Input):
    """Read it by `model_dump(exclude_unset=True)`: no default is used for what was not sent."""

    title: Title = Field(default=None)
    description: Description = Field(default=None)
    status: Status = Field(default=None)
    priority: Priority = Field(default=None)
    due: Day = Field(default=None)


class TaskQuery(Paging):
    """Which tasks a list shows, and in which order."""

    status: Status | None = None
    priority: Priority | None = None
    q: Search | None = None
    sort: Literal["created_at", "due", "priority", "title"] | None = None
    order: Literal["asc", "desc"] | None = None


class TaskRead(Output):
    id: int
    title: str
    description: str
    status: Status
    priority: Priority
    due: date | None
    created_at: Timestamp
    updated_at: Timestamp
