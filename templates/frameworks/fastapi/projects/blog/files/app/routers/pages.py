"""The pages: HTML made on the server from the files in `templates/`."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from app.dependencies import SessionDep, WriteSessionDep
from app.errors import ProblemError, field_errors
from app.models import Post
from app.paging import PageParams
from app.schemas import CommentCreate, PostFilters
from app.services import comments, posts
from app.strict_json import MAX_BODY_BYTES
from app.templates import templates

POSTS_PER_PAGE = 10

router = APIRouter(include_in_schema=False, max_body_size=MAX_BODY_BYTES)

Params = Annotated[PageParams, Query()]


class CommentForm(BaseModel):
    """What was typed, before it is validated: an invalid form is shown again."""

    author: str = ""
    body: str = ""


@router.get("/")
def show_home(request: Request, session: SessionDep, params: Params) -> Response:
    return render_list(request, session, params.page)


@router.get("/tags/{tag}")
def show_tag(request: Request, session: SessionDep, tag: str, params: Params) -> Response:
    return render_list(request, session, params.page, tag)


@router.get("/posts/{slug}")
def show_post(request: Request, session: SessionDep, slug: str) -> Response:
    return render_post(request, session, posts.get_published(session, slug))


@router.post("/posts/{slug}/comments")
def send_comment(
    request: Request, session: WriteSessionDep, slug: str, form: Annotated[CommentForm, Form()]
) -> Response:
    post = posts.get_published(session, slug)
    # Browsers send line breaks of a form as \r\n.
    typed = {"author": form.author, "body": form.body.replace("\r\n", "\n")}
    try:
        new_comment = CommentCreate.model_validate(typed)
    except ValidationError as error:
        return render_post(request, session, post, form, field_errors(error.errors()), 422)
    comments.create(session, slug, new_comment)
    # With 303 the browser loads the post: a reload does not send the comment again.
    return RedirectResponse(f"/posts/{slug}", status_code=303)


def render_list(request: Request, session: Session, page: int, tag: str | None = None) -> Response:
    # Without validation: any other tag has no posts.
    filters = PostFilters.model_construct(page=page, per_page=POSTS_PER_PAGE, tag=tag)
    found = posts.get_list(session, filters)
    # Only the first page of all posts may be empty.
    if not found.items and (page > 1 or tag is not None):
        raise ProblemError(404, "There are no posts here.")
    return templates.TemplateResponse(request, "list.html", {"posts": found, "tag": tag})


def render_post(
    request: Request,
    session: Session,
    post: Post,
    form: CommentForm | None = None,
    errors: dict[str, list[str]] | None = None,
    status: int = 200,
) -> Response:
    context = {
        "post": post,
        "comments": session.scalars(comments.of_post(post)).all(),
        "form": form or CommentForm(),
        "errors": errors or {},
    }
    return templates.TemplateResponse(request, "article.html", context, status)
