"""Posts in the database."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ProblemError
from app.models import Post, PostTag
from app.paging import Page, get_page
from app.schemas import PostCreate, PostFilters
from app.search import contains
from app.services.slugs import first_free, slugify
from app.timestamps import utc_now

NOT_FOUND = "There is no such post."


def create(session: Session, new_post: PostCreate) -> Post:
    now = utc_now()
    post = Post(
        **new_post.model_dump(),
        slug=free_slug(session, new_post.title),
        created_at=now,
        updated_at=now,
        published_at=now if new_post.published else None,
    )
    session.add(post)
    session.flush()
    return post


def get(session: Session, slug: str) -> Post:
    """Drafts too."""
    post = session.scalar(select(Post).where(Post.slug == slug))
    if post is None:
        raise ProblemError(404, NOT_FOUND)
    return post


def get_published(session: Session, slug: str) -> Post:
    """For readers there are no drafts."""
    post = get(session, slug)
    if not post.published:
        raise ProblemError(404, NOT_FOUND)
    return post


def get_list(session: Session, filters: PostFilters) -> Page[Post]:
    """Published posts, the newest first."""
    query = select(Post).where(Post.published)
    if filters.tag is not None:
        query = query.where(Post.post_tags.any(PostTag.tag == filters.tag))
    if filters.q is not None:
        query = query.where(contains(filters.q, Post.title, Post.body))
    return get_page(session, query.order_by(Post.published_at.desc(), Post.id.desc()), filters)


def update(session: Session, slug: str, values: dict[str, Any]) -> Post:
    """The slug stays in any case: links lead to it."""
    post = get(session, slug)
    changes = {name: value for name, value in values.items() if getattr(post, name) != value}
    for name, value in changes.items():
        setattr(post, name, value)
    if changes:
        # Later in any case, even if the clock was set back.
        post.updated_at = max(utc_now(), post.updated_at + timedelta(microseconds=1))
    if post.published and post.published_at is None:
        post.published_at = post.updated_at
    return post


def delete(session: Session, slug: str) -> None:
    """Its tags and comments are deleted with it: see `ondelete` in the models."""
    if session.execute(sql_delete(Post).where(Post.slug == slug)).rowcount == 0:
        raise ProblemError(404, NOT_FOUND)


def free_slug(session: Session, title: str) -> str:
    """Reads all numbered slugs in one query, however many posts have the same title."""
    slug = slugify(title)
    # "." comes right after "-": this range is all that begins with `slug-`, and an index has it.
    numbered = (Post.slug >= f"{slug}-") & (Post.slug < f"{slug}.")
    taken = session.scalars(select(Post.slug).where((Post.slug == slug) | numbered))
    return first_free(slug, set(taken))
