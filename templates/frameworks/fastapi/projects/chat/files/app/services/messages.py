"""Messages in the database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import begin_write
from app.models import Message
from app.schemas import History, HistoryParams, MessagePublic
from app.services import rooms


def store(session: Session, messages: list[Message]) -> list[MessagePublic]:
    """In one transaction: the disk is written once for all of them."""
    begin_write(session)
    session.add_all(messages)
    session.flush()
    stored = [MessagePublic.model_validate(message, from_attributes=True) for message in messages]
    session.commit()
    return stored


def get_history(session: Session, room_id: int, params: HistoryParams) -> History:
    """The newest that are older than `before`; the oldest of them comes first."""
    query = select(Message).where(Message.room_id == rooms.get(session, room_id).id)
    if params.before is not None:
        query = query.where(Message.id < params.before)
    # One more than asked for shows whether there are older ones still.
    query = query.order_by(Message.id.desc()).limit(params.limit + 1)
    found = [
        MessagePublic.model_validate(message, from_attributes=True)
        for message in session.scalars(query)
    ]
    return History(items=found[: params.limit][::-1], has_more=len(found) > params.limit)
