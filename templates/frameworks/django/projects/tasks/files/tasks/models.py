"""The table of tasks, as a class, and its queries."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Lower
from django.utils import timezone

from core.fields import LineField, LinesField


class Status(models.TextChoices):
    TODO = "todo"
    DOING = "doing"
    DONE = "done"


class Priority(models.TextChoices):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


SORT_KEYS = {
    "created_at": F("created_at"),
    "due": F("due"),
    "priority": Case(
        *(When(priority=name, then=Value(rank)) for rank, name in enumerate(Priority.values))
    ),
    # SQLite's `lower` changes ASCII letters only.
    "title": Lower("title"),
}


class TaskQuerySet(models.QuerySet):
    def matching(
        self, *, q: str = "", sort: str = "", order: str = "", **exact: str
    ) -> "TaskQuerySet":
        tasks = self.filter(**exact)
        if q:
            tasks = tasks.filter(Q(title__icontains=q) | Q(description__icontains=q))
        key = SORT_KEYS[sort or "created_at"]
        # Without `sort` and `order` the newest tasks come first. Ties go by id.
        if (order or ("asc" if sort else "desc")) == "desc":
            return tasks.order_by(key.desc(nulls_last=True), "-id")
        # Tasks without a due date are last in both directions.
        return tasks.order_by(key.asc(nulls_last=True), "id")


class Task(models.Model):
    title = LineField(max_length=200)
    description = LinesField(max_length=10_000, blank=True, default="")
    status = models.CharField(max_length=5, choices=Status, default=Status.TODO)
    priority = models.CharField(max_length=6, choices=Priority, default=Priority.NORMAL)
    due = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(editable=False, db_index=True)
    updated_at = models.DateTimeField(editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="task_status"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="task_priority"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        now = timezone.now()
        if self.created_at is None:
            self.created_at = self.updated_at = now
        else:
            # Later in any case, even if the clock was set back.
            self.updated_at = max(now, self.updated_at + timedelta(microseconds=1))
        super().save(*args, **kwargs)
