"""Posts and comments as clients send them, with the rules for each field, and as they get them."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.paging import PageParams
from app.texts import SingleLine, Text
from app.timestamps import Timestamp


def not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("Should not be blank")
    return text


def unique(tags: list[str]) -> list[str]:
    return list(dict.fromkeys(tags))


Title = Annotated[SingleLine, Field(min_length=1, max_length=200)]
Body = Annotated[Text, Field(min_length=1, max_length=100_000), AfterValidator(not_blank)]
Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=30, pattern="^[a-z0-9-]*$"),
]
# A tag that is named twice counts once, so the limit comes after it.
Tags = Annotated[list[Tag], AfterValidator(unique), Field(max_length=10)]


# Strict: no number is taken for a text, and no text for a boolean.
class PostCreate(BaseModel, strict=True):
    title: Title
    body: Body
    tags: Tags = []
    published: bool = False


# Fields that are not sent are not changed: read it with `exclude_unset=True`. (A comment, because
# FastAPI shows the docstrings of schemas and path operations in /docs.)
class PostUpdate(BaseModel, strict=True):
    title: Title = Field(default=None)
    body: Body = Field(default=None)
    tags: Tags = Field(default=None)
    published: bool = Field(default=None)


class CommentCreate(BaseModel, strict=True):
    author: Annotated[SingleLine, Field(min_length=1, max_length=80)]
    body: Annotated[Text, Field(min_length=1, max_length=2000), AfterValidator(not_blank)]


class PostFilters(PageParams):
    tag: Text | None = None
    q: Text | None = None


class PostPublic(BaseModel):
    id: int
    slug: str
    title: str
    body: str
    tags: list[str]
    published: bool
    created_at: Timestamp
    updated_at: Timestamp
    published_at: Timestamp | None


class CommentPublic(BaseModel):
    id: int
    author: str
    body: str
    created_at: Timestamp
