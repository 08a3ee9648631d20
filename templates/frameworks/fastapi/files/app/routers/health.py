"""`/healthz`: whether the server and its database work."""

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.dependencies import SessionDep
from app.errors import ProblemError

router = APIRouter(tags=["health"])


@router.get("/healthz")
def check_health(session: SessionDep) -> dict[str, str]:
    try:
        session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise ProblemError(503, "The database does not answer.") from error
    return {"status": "ok"}
