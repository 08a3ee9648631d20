"""The rooms in the database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import write
from app.errors import ConflictError, NotFoundError
from app.models import Room
from app.paging import Page, Paging, find_page
from app.schemas import NewRoom


def create(session: Session, new: NewRoom) -> Room:
    with write(session):
        if session.scalar(select(Room.id).where(Room.name == new.name)):
            raise ConflictError("there is a room of this name already")
        room = Room(name=new.name)
        session.add(room)
    return room


def find(session: Session, number: int) -> Room:
    room = session.get(Room, number)
    if room is None:
        raise NotFoundError
    return room


def find_all(session: Session, paging: Paging) -> Page[Room]:
    return find_page(session, select(Room).order_by(Room.name), paging)
