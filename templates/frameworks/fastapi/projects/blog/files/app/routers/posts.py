"""`/api/posts`"""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.dependencies import SessionDep, WriteSessionDep
from app.models import Post
from app.paging import Page
from app.schemas import PostCreate, PostFilters, PostPublic, PostUpdate
from app.services import posts
from app.strict_json import StrictJsonRoute

router = APIRouter(prefix="/posts", tags=["posts"], route_class=StrictJsonRoute)


@router.get("", response_model=Page[PostPublic])
def list_posts(session: SessionDep, filters: Annotated[PostFilters, Query()]) -> Page[Post]:
    return posts.get_list(session, filters)


@router.post("", status_code=201, response_model=PostPublic)
def create_post(session: WriteSessionDep, new_post: PostCreate, response: Response) -> Post:
    post = posts.create(session, new_post)
    response.headers["Location"] = f"/api/posts/{post.slug}"
    return post


@router.get("/{slug}", response_model=PostPublic)
def read_post(session: SessionDep, slug: str) -> Post:
    """Drafts too: there are no accounts yet, so anybody may be the author."""
    return posts.get(session, slug)


@router.patch("/{slug}", response_model=PostPublic)
def update_post(session: WriteSessionDep, slug: str, changes: PostUpdate) -> Post:
    return posts.update(session, slug, changes.model_dump(exclude_unset=True))


@router.delete("/{slug}", status_code=204)
def delete_post(session: WriteSessionDep, slug: str) -> None:
    posts.delete(session, slug)
