"""What clients of the chat send, with the rules for each field, and what they get."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from app.bodies import Input, Output
from app.paging import Digits
from app.texts import line, lines, trimmed
from app.timestamps import Timestamp


def check_room_name(name: str) -> str:
    name = trimmed(name)
    if not re.fullmatch("[a-z0-9-]{1,40}", name):
        raise ValueError("must be 1 to 40 of the characters a-z, 0-9 and -")
    return name


class NewRoom(Input):
    name: Annotated[str, AfterValidator(check_room_name)]


class Newcomer(BaseModel):
    """Who wants to join a room."""

    name: line(1, 40)


class FromClient(Input):
    """A text on the socket."""

    type: Literal["message"]
    text: lines(1, 2000)


class HistoryQuery(BaseModel):
    before: Digits | None = Field(default=None, ge=1)
    limit: Digits = Field(default=50, ge=1, le=100)


class RoomRead(Output):
    id: int
    name: str
    created_at: Timestamp


class MessageRead(Output):
    id: int
    room_id: int
    author: str
    text: str
    sent_at: Timestamp


class History(Output):
    items: list[MessageRead]
    has_more: bool
