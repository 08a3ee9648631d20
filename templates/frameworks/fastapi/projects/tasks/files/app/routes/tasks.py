"""`/api/tasks`"""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app import models, tasks
from app.paging import Page
from app.schemas import NewTask, TaskChange, TaskQuery, TaskRead
from app.web.requests import DatabaseSession, Id, StrictJsonRoute

router = APIRouter(prefix="/tasks", route_class=StrictJsonRoute)


@router.get("", response_model=Page[TaskRead])
def find_all(wanted: Annotated[TaskQuery, Query()], session: DatabaseSession) -> Page[models.Task]:
    return tasks.find_all(session, wanted)


@router.post("", status_code=201, response_model=TaskRead)
def create(new: NewTask, session: DatabaseSession, response: Response) -> models.Task:
    task = tasks.create(session, new)
    response.headers["Location"] = f"/api/tasks/{task.id}"
    return task


@router.get("/{number}", response_model=TaskRead)
def show(number: Id, session: DatabaseSession) -> models.Task:
    return tasks.find(session, number)


@router.patch("/{number}", response_model=TaskRead)
def change(number: Id, change: TaskChange, session: DatabaseSession) -> models.Task:
    return tasks.change(session, number, change.model_dump(exclude_unset=True))


@router.put("/{number}", response_model=TaskRead)
def replace(number: Id, new: NewTask, session: DatabaseSession) -> models.Task:
    return tasks.change(session, number, new.model_dump())


@router.delete("/{number}", status_code=204, response_class=Response)
def delete(number: Id, session: DatabaseSession) -> None:
    tasks.delete(session, number)
