"""Tasks in the database."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, asc, case, desc, func, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from app.errors import ProblemError
from app.models import Task
from app.paging import Page, get_page
from app.schemas import TaskCreate, TaskFilters
from app.search import contains
from app.timestamps import utc_now

NOT_FOUND = "There is no such task."

SORT_COLUMNS: dict[str, ColumnElement[Any]] = {
    "created_at": Task.created_at.expression,
    "due": Task.due.expression,
    "priority": case({"low": 0, "normal": 1, "high": 2}, value=Task.priority),
    # SQLite's `lower` changes ASCII letters only.
    "title": func.lower(Task.title),
}


def create(session: Session, new_task: TaskCreate) -> Task:
    now = utc_now()
    task = Task(**new_task.model_dump(), created_at=now, updated_at=now)
    session.add(task)
    session.flush()
    return task


def get(session: Session, task_id: int) -> Task:
    task = session.get(Task, task_id)
    if task is None:
        raise ProblemError(404, NOT_FOUND)
    return task


def get_list(session: Session, filters: TaskFilters) -> Page[Task]:
    query = select(Task)
    if filters.status is not None:
        query = query.where(Task.status == filters.status)
    if filters.priority is not None:
        query = query.where(Task.priority == filters.priority)
    if filters.q is not None:
        query = query.where(contains(filters.q, Task.title, Task.description))
    # Without `sort` and `order` the newest tasks come first.
    direction = {"asc": asc, "desc": desc}[filters.order or ("asc" if filters.sort else "desc")]
    column = SORT_COLUMNS[filters.sort or "created_at"]
    # Tasks without a due date are last in both directions. Ties go by id.
    query = query.order_by(direction(column).nulls_last(), direction(Task.id))
    return get_page(session, query, filters)


def update(session: Session, task_id: int, values: dict[str, Any]) -> Task:
    task = get(session, task_id)
    changes = {name: value for name, value in values.items() if getattr(task, name) != value}
    for name, value in changes.items():
        setattr(task, name, value)
    if changes:
        # Later in any case, even if the clock was set back.
        task.updated_at = max(utc_now(), task.updated_at + timedelta(microseconds=1))
    return task


def delete(session: Session, task_id: int) -> None:
    if session.execute(sql_delete(Task).where(Task.id == task_id)).rowcount == 0:
        raise ProblemError(404, NOT_FOUND)
