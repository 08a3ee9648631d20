"""The pages of a list: `?page=` and `?per_page=`."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Item = TypeVar("Item")


class PageParams(BaseModel):
    page: int = Field(default=1, ge=1, le=1_000_000_000)
    per_page: int = Field(default=20, ge=1, le=100)


class Page(BaseModel, Generic[Item]):
    """One page of a list. `total` counts the items of all pages."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    items: list[Item]
    page: int
    per_page: int
    total: int


def get_page(session: Session, query: Select[Item], params: PageParams) -> Page[Item]:
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    offset = (params.page - 1) * params.per_page
    items = session.scalars(query.limit(params.per_page).offset(offset))
    return Page(items=list(items), page=params.page, per_page=params.per_page, total=total or 0)
