"""Comments in the database."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.errors import ProblemError
from app.models import Comment, Post
from app.paging import Page, PageParams, get_page
from app.schemas import CommentCreate
from app.services import posts


def create(session: Session, slug: str, new_comment: CommentCreate) -> Comment:
    post = posts.get(session, slug)
    if not post.published:
        raise ProblemError(409, "A draft takes no comments.")
    comment = Comment(**new_comment.model_dump(), post_id=post.id)
    session.add(comment)
    session.flush()
    return comment


def get_list(session: Session, slug: str, params: PageParams) -> Page[Comment]:
    return get_page(session, of_post(posts.get(session, slug)), params)


def of_post(post: Post) -> Select[Comment]:
    """The oldest first."""
    comments = select(Comment).where(Comment.post_id == post.id)
    return comments.order_by(Comment.created_at, Comment.id)
