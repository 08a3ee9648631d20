"""What path operations depend on: sessions of the database."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.database import begin_write, database_busy

MAX_TURN_SECONDS = 5


def get_session(request: Request) -> Iterator[Session]:
    with request.app.state.sessions() as session:
        yield session


# "function": the connection is free again before the response is sent, however slow that is.
SessionDep = Annotated[Session, Depends(get_session, scope="function")]


async def wait_for_turn(request: Request) -> AsyncIterator[None]:
    """SQLite has one writer at a time. The others wait here, where they block no thread.

    `Depends(..., max_concurrency=1)` would do the same, but wait without a time limit.
    """
    lock: asyncio.Lock = request.app.state.write_lock
    try:
        async with asyncio.timeout(MAX_TURN_SECONDS):
            await lock.acquire()
    except TimeoutError as error:
        raise database_busy() from error
    try:
        yield
    finally:
        lock.release()


def get_write_session(
    session: SessionDep, _turn: Annotated[None, Depends(wait_for_turn, scope="function")]
) -> Iterator[Session]:
    """One transaction: all that the path operation writes is stored, or nothing."""
    begin_write(session)
    yield session
    session.commit()


WriteSessionDep = Annotated[Session, Depends(get_write_session, scope="function")]
