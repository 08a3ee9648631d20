"""The pages of a list: `?page=` and `?per_page=`."""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Item = TypeVar("Item")

LARGEST = 2**63 - 1
"""The largest integer of SQLite."""


def digits(value: Any) -> Any:
    # Pydantic would also take "+1", "1.0" and " 1 ".
    if isinstance(value, str) and not (value.isascii() and value.isdecimal()):
        raise ValueError("must be a whole number")
    return value


Digits = Annotated[int, BeforeValidator(digits), Field(le=LARGEST)]
"""A number in a path or a query."""


class Paging(BaseModel):
    """The part of a list that is asked for. Pages count from 1."""

    page: Digits = Field(default=1, ge=1)
    per_page: Digits = Field(default=20, ge=1, le=100)


class Page(BaseModel, Generic[Item]):
    """One page of a list, and how many items there are on all pages."""

    model_config = ConfigDict(arbitrary_types_allowed=True, from_attributes=True)

    items: list[Item]
    page: int
    per_page: int
    total: int

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page * self.per_page < self.total else None


def find_page(session: Session, query: Select[tuple[Item]], paging: Paging) -> Page[Item]:
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    # A page far past the end is empty, not an overflow.
    offset = min((paging.page - 1) * paging.per_page, LARGEST)
    items = session.scalars(query.limit(paging.per_page).offset(offset)).all()
    return Page(items=list(items), page=paging.page, per_page=paging.per_page, total=total or 0)
