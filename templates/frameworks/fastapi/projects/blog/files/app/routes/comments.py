"""`/api/posts/{slug}/comments`"""

from typing import Annotated

from fastapi import APIRouter, Query

from app import comments, models
from app.paging import Page, Paging
from app.schemas import CommentRead, NewComment
from app.web.requests import DatabaseSession, StrictJsonRoute

router = APIRouter(prefix="/posts/{slug}/comments", route_class=StrictJsonRoute)


@router.get("", response_model=Page[CommentRead])
def find_all(
    slug: str, paging: Annotated[Paging, Query()], session: DatabaseSession
) -> Page[models.Comment]:
    return comments.find_all(session, slug, paging)


@router.post("", status_code=201, response_model=CommentRead)
def create(slug: str, new: NewComment, session: DatabaseSession) -> models.Comment:
    return comments.create(session, slug, new)
