"""`/api/rooms` and their messages"""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.dependencies import SessionDep, WriteSessionDep
from app.models import Room
from app.paging import Page, PageParams
from app.schemas import History, HistoryParams, RoomCreate, RoomPublic
from app.services import messages, rooms
from app.strict_json import StrictJsonRoute

router = APIRouter(prefix="/rooms", tags=["rooms"], route_class=StrictJsonRoute)

# SQLite has no larger integer.
RoomId = Annotated[int, Path(lt=2**63)]


@router.get("", response_model=Page[RoomPublic])
def list_rooms(session: SessionDep, params: Annotated[PageParams, Query()]) -> Page[Room]:
    return rooms.get_list(session, params)


@router.post("", status_code=201, response_model=RoomPublic)
def create_room(session: WriteSessionDep, new_room: RoomCreate, response: Response) -> Room:
    room = rooms.create(session, new_room)
    response.headers["Location"] = f"/api/rooms/{room.id}"
    return room


@router.get("/{room_id}", response_model=RoomPublic)
def read_room(session: SessionDep, room_id: RoomId) -> Room:
    return rooms.get(session, room_id)


@router.get("/{room_id}/messages")
def read_history(
    session: SessionDep, room_id: RoomId, params: Annotated[HistoryParams, Query()]
) -> History:
    return messages.get_history(session, room_id, params)
