"""The comments in the database."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import posts
from app.database import write
from app.errors import ConflictError
from app.models import Comment, Post
from app.paging import Page, Paging, find_page
from app.schemas import NewComment


def create(session: Session, slug: str, new: NewComment) -> Comment:
    with write(session):
        post = posts.find(session, slug)
        if not post.published:
            raise ConflictError("a draft takes no comments")
        comment = Comment(**new.model_dump(), post_id=post.id)
        session.add(comment)
    return comment


def find_all(session: Session, slug: str, paging: Paging) -> Page[Comment]:
    return find_page(session, of_post(posts.find(session, slug)), paging)


def of_post(post: Post) -> Select[tuple[Comment]]:
    """The oldest first."""
    return (
        select(Comment).where(Comment.post_id == post.id).order_by(Comment.created_at, Comment.id)
    )
