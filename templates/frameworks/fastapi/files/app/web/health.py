"""Tells whoever watches the server whether it can work."""

import logging

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from app.web.requests import DatabaseSession

router = APIRouter()


@router.get("/healthz")
def check(session: DatabaseSession) -> dict[str, str]:
    try:
        session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        logging.exception("the database does not answer")
        raise HTTPException(503, "the database does not answer") from error
    return {"status": "ok"}
