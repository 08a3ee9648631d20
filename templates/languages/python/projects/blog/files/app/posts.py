"""The posts in the database."""

from sqlalchemy import delete as sql_delete
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app import slugs
from app.database import write
from app.errors import NotFoundError
from app.models import Post, PostTag
from app.paging import Page, find_page
from app.schemas import NewPost, PostChange, PostFilter
from app.timestamps import later_than, now


def create(session: Session, new: NewPost) -> Post:
    with write(session):
        moment = now()
        post = Post(
            **new.model_dump(),
            slug=free_slug(session, new.title),
            created_at=moment,
            updated_at=moment,
            published_at=moment if new.published else None,
        )
        session.add(post)
    return post


def find(session: Session, slug: str) -> Post:
    """Drafts too."""
    post = session.scalar(select(Post).where(Post.slug == slug))
    if post is None:
        raise NotFoundError
    return post


def find_published(session: Session, slug: str) -> Post:
    """For readers a draft is not there."""
    post = find(session, slug)
    if not post.published:
        raise NotFoundError
    return post


def find_all(session: Session, wanted: PostFilter) -> Page[Post]:
    """Published posts, the newest first."""
    query = select(Post).where(Post.published)
    if wanted.tag is not None:
        query = query.where(Post.post_tags.any(PostTag.tag == wanted.tag))
    if wanted.q is not None:
        # Not LIKE, in which % and _ have a meaning. `lower` knows ASCII letters only.
        text = func.lower(wanted.q)
        query = query.where(
            or_(*(func.instr(func.lower(column), text) > 0 for column in (Post.title, Post.body)))
        )
    return find_page(session, query.order_by(Post.published_at.desc(), Post.id.desc()), wanted)


def change(session: Session, slug: str, change: PostChange) -> Post:
    with write(session):
        post = find(session, slug)
        sent = change.model_dump(exclude_unset=True)
        changes = {name: value for name, value in sent.items() if getattr(post, name) != value}
        for name, value in changes.items():
            # The slug always stays: links lead to it.
            setattr(post, name, value)
        if changes:
            post.updated_at = later_than(post.updated_at)
        if post.published and post.published_at is None:
            post.published_at = post.updated_at
    return post


def delete(session: Session, slug: str) -> None:
    """Its tags and comments go with it: see `ondelete` in the models."""
    with write(session):
        if session.execute(sql_delete(Post).where(Post.slug == slug)).rowcount == 0:
            raise NotFoundError


def free_slug(session: Session, title: str) -> str:
    """Asks for all numbered slugs at once: one query, however many posts have the same title."""
    slug = slugs.slug(title)
    # "." comes right after "-": this range is all that begins with `slug-`, and the index has it.
    numbered = (Post.slug >= f"{slug}-") & (Post.slug < f"{slug}.")
    taken = session.scalars(select(Post.slug).where((Post.slug == slug) | numbered))
    return slugs.first_free(slug, set(taken))
