"""`/api/rooms` and their messages"""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app import messages, models, rooms
from app.paging import Page, Paging
from app.schemas import History, HistoryQuery, NewRoom, RoomRead
from app.web.requests import DatabaseSession, Id, StrictJsonRoute

router = APIRouter(prefix="/rooms", route_class=StrictJsonRoute)


@router.get("", response_model=Page[RoomRead])
def find_all(paging: Annotated[Paging, Query()], session: DatabaseSession) -> Page[models.Room]:
    return rooms.find_all(session, paging)


@router.post("", status_code=201, response_model=RoomRead)
def create(new: NewRoom, session: DatabaseSession, response: Response) -> models.Room:
    room = rooms.create(session, new)
    response.headers["Location"] = f"/api/rooms/{room.id}"
    return room


@router.get("/{number}", response_model=RoomRead)
def show(number: Id, session: DatabaseSession) -> models.Room:
    return rooms.find(session, number)


@router.get("/{number}/messages")
def history(
    number: Id, wanted: Annotated[HistoryQuery, Query()], session: DatabaseSession
) -> History:
    return messages.history(session, number, wanted)
