"""`/healthz`: whether the server and its database work."""

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.dependencies import SessionDep
from app.errors import ProblemError
from app.problems import Problem

router = APIRouter(tags=["health"])


@router.get("/healthz", responses={503: {"model": Problem}})
def check_health(session: SessionDep) -> dict[str, str]:
    try:
        # Reads a row of the file, which `SELECT 1` does not.
        session.execute(text("SELECT version_num FROM alembic_version")).one()
    except SQLAlchemyError as error:
        raise ProblemError(503, "The database does not answer.") from error
    return {"status": "ok"}
