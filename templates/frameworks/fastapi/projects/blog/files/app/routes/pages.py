"""The pages: HTML made on the server from the files in `templates/`."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from app import ROOT, comments, posts
from app.errors import NotFoundError, field_errors
from app.models import Post
from app.paging import Digits
from app.schemas import NewComment, PostFilter
from app.timestamps import day, rfc3339
from app.web.requests import DatabaseSession

POSTS_PER_PAGE = 10

environment = Environment(
    loader=FileSystemLoader(ROOT / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.filters.update(day=day, rfc3339=rfc3339)
templates = Jinja2Templates(env=environment)

router = APIRouter()

PageNumber = Annotated[Digits, Query(ge=1)]


class CommentForm(BaseModel):
    """What was typed, before it is checked: a broken form is shown again."""

    author: str = ""
    body: str = ""


@router.get("/")
def home(request: Request, session: DatabaseSession, page: PageNumber = 1) -> Response:
    return show_list(request, session, page)


@router.get("/tags/{tag}")
def tag(request: Request, session: DatabaseSession, tag: str, page: PageNumber = 1) -> Response:
    return show_list(request, session, page, tag)


@router.get("/posts/{slug}")
def article(request: Request, session: DatabaseSession, slug: str) -> Response:
    return show_article(request, session, posts.find_published(session, slug))


@router.post("/posts/{slug}/comments")
def comment(
    request: Request, session: DatabaseSession, slug: str, form: Annotated[CommentForm, Form()]
) -> Response:
    """After success the browser goes to the article: a reload does not send the comment again."""
    post = posts.find_published(session, slug)
    try:
        new = NewComment.model_validate(form.model_dump())
    except ValidationError as error:
        errors = field_errors(error.errors())
        return show_article(request, session, post, form, errors, status=422)
    comments.create(session, slug, new)
    return RedirectResponse(f"/posts/{slug}", status_code=303)


def show_list(request: Request, session: Session, number: int, tag: str | None = None) -> Response:
    wanted = PostFilter.model_construct(page=number, per_page=POSTS_PER_PAGE, tag=tag, q=None)
    page = posts.find_all(session, wanted)
    # A blog without posts has a home page all the same; other pages without posts are not there.
    if not page.items and (number > 1 or tag is not None):
        raise NotFoundError
    return templates.TemplateResponse(request, "list.html", {"posts": page, "tag": tag})


def show_article(
    request: Request,
    session: Session,
    post: Post,
    form: CommentForm | None = None,
    errors: dict[str, list[str]] | None = None,
    status: int = 200,
) -> Response:
    values = {
        "post": post,
        "comments": session.scalars(comments.of_post(post)).all(),
        "form": form or CommentForm(),
        "errors": errors or {},
    }
    return templates.TemplateResponse(request, "article.html", values, status)


def error_page(request: Request, problem: dict[str, Any]) -> Response:
    return templates.TemplateResponse(request, "error.html", problem, problem["status"])
