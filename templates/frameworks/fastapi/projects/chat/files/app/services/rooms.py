"""Rooms in the database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ProblemError
from app.models import Room
from app.paging import Page, PageParams, get_page
from app.schemas import RoomCreate


def create(session: Session, new_room: RoomCreate) -> Room:
    if session.scalar(select(Room.id).where(Room.name == new_room.name)):
        raise ProblemError(409, "There is a room with this name already.")
    room = Room(name=new_room.name)
    session.add(room)
    session.flush()
    return room


def get(session: Session, room_id: int) -> Room:
    room = session.get(Room, room_id)
    if room is None:
        raise ProblemError(404, "There is no such room.")
    return room


def get_list(session: Session, params: PageParams) -> Page[Room]:
    return get_page(session, select(Room).order_by(Room.name), params)
