"""What clients of the chat send, with the rules for each field, and what they get."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.texts import SingleLine, Text
from app.timestamps import Timestamp


def not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("Should not be blank")
    return text


RoomName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern="^[a-z0-9-]*$"),
]


# Strict: no number is taken for a text.
class RoomCreate(BaseModel, strict=True):
    name: RoomName


class JoinParams(BaseModel):
    name: Annotated[SingleLine, Field(min_length=1, max_length=40)]


class ClientMessage(BaseModel, strict=True):
    """What clients send on a socket."""

    type: Literal["message"]
    text: Annotated[Text, Field(min_length=1, max_length=2000), AfterValidator(not_blank)]


class HistoryParams(BaseModel):
    before: int | None = Field(default=None, ge=1, lt=2**63)
    limit: int = Field(default=50, ge=1, le=100)


class RoomPublic(BaseModel):
    id: int
    name: str
    created_at: Timestamp


class MessagePublic(BaseModel):
    id: int
    room_id: int
    author: str
    text: str
    sent_at: Timestamp


class History(BaseModel):
    items: list[MessagePublic]
    has_more: bool
