"""`/api/posts/{slug}/comments`"""

from typing import Annotated

from fastapi import APIRouter, Query

from app.dependencies import SessionDep, WriteSessionDep
from app.models import Comment
from app.paging import Page, PageParams
from app.schemas import CommentCreate, CommentPublic
from app.services import comments
from app.strict_json import StrictJsonRoute

router = APIRouter(prefix="/posts/{slug}/comments", tags=["comments"], route_class=StrictJsonRoute)


@router.get("", response_model=Page[CommentPublic])
def list_comments(
    session: SessionDep, slug: str, params: Annotated[PageParams, Query()]
) -> Page[Comment]:
    return comments.get_list(session, slug, params)


@router.post("", status_code=201, response_model=CommentPublic)
def create_comment(session: WriteSessionDep, slug: str, new_comment: CommentCreate) -> Comment:
    return comments.create(session, slug, new_comment)
