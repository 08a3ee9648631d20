"""`/api/posts`"""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app import models, posts
from app.paging import Page
from app.schemas import NewPost, PostChange, PostFilter, PostRead
from app.web.requests import DatabaseSession, StrictJsonRoute

router = APIRouter(prefix="/posts", route_class=StrictJsonRoute)


@router.get("", response_model=Page[PostRead])
def find_all(wanted: Annotated[PostFilter, Query()], session: DatabaseSession) -> Page[models.Post]:
    return posts.find_all(session, wanted)


@router.post("", status_code=201, response_model=PostRead)
def create(new: NewPost, session: DatabaseSession, response: Response) -> models.Post:
    post = posts.create(session, new)
    response.headers["Location"] = f"/api/posts/{post.slug}"
    return post


@router.get("/{slug}", response_model=PostRead)
def show(slug: str, session: DatabaseSession) -> models.Post:
    """A draft too: there are no accounts yet, so nobody could be told from its author."""
    return posts.find(session, slug)


@router.patch("/{slug}", response_model=PostRead)
def change(slug: str, change: PostChange, session: DatabaseSession) -> models.Post:
    return posts.change(session, slug, change)


@router.delete("/{slug}", status_code=204, response_class=Response)
def delete(slug: str, session: DatabaseSession) -> None:
    posts.delete(session, slug)
