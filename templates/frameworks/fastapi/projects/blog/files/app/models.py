"""The tables of the blog, as classes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.timestamps import UtcDateTime, utc_now

MAX_SUMMARY_LENGTH = 240


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    body: Mapped[str]
    published: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The first publication; it stays when the post becomes a draft again.
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    post_tags: Mapped[list[PostTag]] = relationship(
        order_by="PostTag.position",
        collection_class=ordering_list("position"),
        cascade="all, delete-orphan",
        passive_deletes=True,
        # One more query for all posts of a list, not one for each.
        lazy="selectin",
    )
    # `post.tags` reads and takes a list of texts.
    tags: AssociationProxy[list[str]] = association_proxy(
        "post_tags", "tag", creator=lambda tag: PostTag(tag=tag)
    )

    __table_args__ = (
        # The lists show published posts only, newest first.
        Index("posts_by_publication", "published_at", "id", sqlite_where=text("published = 1")),
        # The id of a deleted post is never given to another.
        {"sqlite_autoincrement": True},
    )

    @property
    def summary(self) -> str:
        """The beginning of the body, for a list."""
        body = self.body.strip()
        if len(body) <= MAX_SUMMARY_LENGTH:
            return body
        return body[:MAX_SUMMARY_LENGTH].rsplit(maxsplit=1)[0] + "…"


class PostTag(Base):
    __tablename__ = "post_tags"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(primary_key=True, index=True)
    position: Mapped[int]


class Comment(Base):
    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    author: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    __table_args__ = (
        Index("comments_by_post", "post_id", "created_at", "id"),
        {"sqlite_autoincrement": True},
    )
