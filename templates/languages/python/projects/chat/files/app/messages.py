"""The messages in the database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import rooms
from app.database import write
from app.models import Message
from app.schemas import History, HistoryQuery


def store(session: Session, messages: list[Message]) -> None:
    """All at once: one write to the disk for as many as there are."""
    with write(session):
        session.add_all(messages)


def history(session: Session, room_id: int, wanted: HistoryQuery) -> History:
    """The newest that are older than `before`; the oldest of them comes first."""
    room = rooms.find(session, room_id)
    query = select(Message).where(Message.room_id == room.id)
    if wanted.before is not None:
        query = query.where(Message.id < wanted.before)
    # One more than wanted tells whether there are older ones still.
    query = query.order_by(Message.id.desc()).limit(wanted.limit + 1)
    found = list(session.scalars(query))
    return History(items=found[: wanted.limit][::-1], has_more=len(found) > wanted.limit)
