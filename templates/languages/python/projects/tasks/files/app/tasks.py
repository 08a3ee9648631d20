"""The tasks in the database."""

from typing import Any

from sqlalchemy import ColumnElement, asc, case, desc, func, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from app.database import write
from app.errors import NotFoundError
from app.models import Task
from app.paging import Page, contains, find_page
from app.schemas import NewTask, TaskQuery
from app.timestamps import later_than, now

ORDERS: dict[str, ColumnElement[Any]] = {
    "created_at": Task.created_at.expression,
    "due": Task.due.expression,
    "priority": case({"low": 0, "normal": 1, "high": 2}, value=Task.priority),
    # SQLite's `lower` knows ASCII letters only.
    "title": func.lower(Task.title),
}


def create(session: Session, new: NewTask) -> Task:
    with write(session):
        moment = now()
        task = Task(**new.model_dump(), created_at=moment, updated_at=moment)
        session.add(task)
    return task


def find(session: Session, number: int) -> Task:
    task = session.get(Task, number)
    if task is None:
        raise NotFoundError
    return task


def find_all(session: Session, wanted: TaskQuery) -> Page[Task]:
    query = select(Task)
    if wanted.status is not None:
        query = query.where(Task.status == wanted.status)
    if wanted.priority is not None:
        query = query.where(Task.priority == wanted.priority)
    if wanted.q is not None:
        query = query.where(contains(wanted.q, Task.title, Task.description))
    # The newest are first, unless somebody says what or which way they want.
    direction = {"asc": asc, "desc": desc}[wanted.order or ("asc" if wanted.sort else "desc")]
    column = ORDERS[wanted.sort or "created_at"]
    # Tasks without a due day are last in both directions; equals go by id.
    query = query.order_by(direction(column).nulls_last(), direction(Task.id))
    return find_page(session, query, wanted)


def change(session: Session, number: int, values: dict[str, Any]) -> Task:
    with write(session):
        task = find(session, number)
        changes = {name: value for name, value in values.items() if getattr(task, name) != value}
        for name, value in changes.items():
            setattr(task, name, value)
        if changes:
            task.updated_at = later_than(task.updated_at)
    return task


def delete(session: Session, number: int) -> None:
    with write(session):
        if session.execute(sql_delete(Task).where(Task.id == number)).rowcount == 0:
            raise NotFoundError
