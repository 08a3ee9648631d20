"""Posts and comments as clients send them, with the rules for each field, and as they get them."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.paging import Paging
from app.texts import Search, line, lines, trimmed
from app.timestamps import Timestamp

MOST_TAGS = 10


def check_tag(tag: str) -> str:
    tag = trimmed(tag)
    if not re.fullmatch(r"[a-z0-9-]{1,30}", tag):
        raise ValueError("must each be 1 to 30 of the characters a-z, 0-9 and -")
    return tag


def check_tags(tags: list[str]) -> list[str]:
    tags = list(dict.fromkeys(tags))
    if len(tags) > MOST_TAGS:
        raise ValueError(f"must be at most {MOST_TAGS}")
    return tags


Title = line(1, 200)
Body = lines(1, 100_000)
Tags = Annotated[list[Annotated[str, AfterValidator(check_tag)]], AfterValidator(check_tags)]


class Input(BaseModel):
    # Strict: no number is taken for a text, and no text for a boolean.
    model_config = ConfigDict(strict=True)


class NewPost(Input):
    title: Title
    body: Body
    tags: Tags = []
    published: bool = False


class PostChange(Input):
    """Read it by `model_dump(exclude_unset=True)`: no default is used for what was not sent."""

    title: Title = Field(default=None)
    body: Body = Field(default=None)
    tags: Tags = Field(default=None)
    published: bool = Field(default=None)


class NewComment(Input):
    author: line(1, 80)
    body: lines(1, 2000)


class PostFilter(Paging):
    """Which of the published posts a list shows."""

    tag: Search | None = None
    q: Search | None = None


class PostRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    slug: str
    title: str
    body: str
    tags: list[str]
    published: bool
    created_at: Timestamp
    updated_at: Timestamp
    published_at: Timestamp | None


class CommentRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    author: str
    body: str
    created_at: Timestamp
