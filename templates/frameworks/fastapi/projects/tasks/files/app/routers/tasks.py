"""`/api/tasks`"""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.dependencies import SessionDep, WriteSessionDep
from app.models import Task
from app.paging import Page
from app.schemas import TaskCreate, TaskFilters, TaskPublic, TaskUpdate
from app.services import tasks
from app.strict_json import StrictJsonRoute

router = APIRouter(prefix="/tasks", tags=["tasks"], route_class=StrictJsonRoute)

# SQLite has no larger integer.
TaskId = Annotated[int, Path(lt=2**63)]


@router.get("", response_model=Page[TaskPublic])
def list_tasks(session: SessionDep, filters: Annotated[TaskFilters, Query()]) -> Page[Task]:
    return tasks.get_list(session, filters)


@router.post("", status_code=201, response_model=TaskPublic)
def create_task(session: WriteSessionDep, new_task: TaskCreate, response: Response) -> Task:
    task = tasks.create(session, new_task)
    response.headers["Location"] = f"/api/tasks/{task.id}"
    return task


@router.get("/{task_id}", response_model=TaskPublic)
def read_task(session: SessionDep, task_id: TaskId) -> Task:
    return tasks.get(session, task_id)


@router.patch("/{task_id}", response_model=TaskPublic)
def update_task(session: WriteSessionDep, task_id: TaskId, changes: TaskUpdate) -> Task:
    return tasks.update(session, task_id, changes.model_dump(exclude_unset=True))


@router.put("/{task_id}", response_model=TaskPublic)
def replace_task(session: WriteSessionDep, task_id: TaskId, new_task: TaskCreate) -> Task:
    return tasks.update(session, task_id, new_task.model_dump())


@router.delete("/{task_id}", status_code=204)
def delete_task(session: WriteSessionDep, task_id: TaskId) -> None:
    tasks.delete(session, task_id)
