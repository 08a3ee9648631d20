"""The tables of the blog, as classes, and their queries."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from blog.slugs import first_free, make_slug
from core.fields import LineField, LinesField

validate_tag = RegexValidator(r"^[a-z0-9-]+\Z", "Only a to z, 0 to 9 and hyphens are allowed here.")


def validate_not_blank(text: str) -> None:
    if not text.strip():
        raise ValidationError("This field may not be blank.")


class PostQuerySet(models.QuerySet):
    def published(self) -> "PostQuerySet":
        return self.filter(published=True).order_by("-published_at", "-id")

    def matching(self, *, q: str = "", **exact: str) -> "PostQuerySet":
        posts = self.filter(**exact)
        return posts.filter(Q(title__icontains=q) | Q(body__icontains=q)) if q else posts


class Post(models.Model):
    # It never changes: links lead to it.
    slug = models.SlugField(max_length=100, unique=True, editable=False)
    title = LineField(max_length=200)
    body = LinesField(max_length=100_000, validators=[validate_not_blank])
    published = models.BooleanField(default=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    # The first publication; it stays when the post becomes a draft again.
    published_at = models.DateTimeField(null=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        # The lists show published posts only, newest first.
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(published=True), name="published"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        now = timezone.now()
        if self.created_at is None:
            self.created_at = self.updated_at = now
            self.slug = self.free_slug()
        else:
            # Later in any case, even if the clock was set back.
            self.updated_at = max(now, self.updated_at + timedelta(microseconds=1))
        if self.published and self.published_at is None:
            self.published_at = self.updated_at
        super().save(*args, **kwargs)

    @property
    def tags(self) -> list[str]:
        return [post_tag.tag for post_tag in self.post_tags.all()]

    def free_slug(self) -> str:
        """Reads all numbered slugs in one query, however many posts have the same title."""
        slug = make_slug(self.title)
        # "." comes right after "-": this range is all that begins with `slug-`.
        numbered = Q(slug__gte=f"{slug}-", slug__lt=f"{slug}.")
        taken = Post.objects.filter(Q(slug=slug) | numbered).values_list("slug", flat=True)
        return first_free(slug, set(taken))

    def replace_tags(self, tags: Iterable[str]) -> None:
        self.post_tags.all().delete()
        self.post_tags.bulk_create(PostTag(post=self, tag=tag) for tag in tags)


class PostTag(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="post_tags")
    tag = models.CharField(max_length=30, db_index=True, validators=[validate_tag])

    class Meta:
        # In the order in which they were given.
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["post", "tag"], name="tag_of_post")]

    def __str__(self) -> str:
        return self.tag


class Comment(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    author = LineField(max_length=80)
    body = LinesField(max_length=2000, validators=[validate_not_blank])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["post", "created_at", "id"], name="comments_of_post")]

    def __str__(self) -> str:
        return f"{self.author}: {self.body}"
