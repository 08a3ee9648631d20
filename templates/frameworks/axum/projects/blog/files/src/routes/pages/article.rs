//! A post with its comments, and the form for another one.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use super::render;
use crate::{
    database::Database,
    domain::{
        comment::{Comment, CommentInput},
        comment_store,
        post::Post,
        post_store,
    },
    error::Error,
    input::FieldErrors,
    web::{Form, Path, Problem},
};

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    post: Post,
    comments: Vec<Comment>,
    form: CommentInput,
    errors: Option<FieldErrors>,
}

impl ArticlePage {
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.as_ref()?.get(field)
    }
}

pub async fn show(
    State(db): State<Database>,
    Path(slug): Path<String>,
) -> Result<Html<String>, Problem> {
    let post = find_published(&db, &slug).await?;
    page(&db, post, CommentInput::default(), None).await
}

/// After success the browser goes to the article, so that a reload does not send the comment again.
/// After a mistake the page comes again, with what was typed and what to mend.
pub async fn comment(
    State(db): State<Database>,
    Path(slug): Path<String>,
    Form(form): Form<CommentInput>,
) -> Result<Response, Problem> {
    let post = find_published(&db, &slug).await?;
    match form.clone().into_new() {
        Ok(new) => {
            comment_store::create(&db, &slug, new).await?;
            Ok(Redirect::to(&format!("/posts/{slug}")).into_response())
        }
        Err(errors) => {
            let page = page(&db, post, form, Some(errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn page(
    db: &Database,
    post: Post,
    form: CommentInput,
    errors: Option<FieldErrors>,
) -> Result<Html<String>, Problem> {
    let comments = comment_store::all(db, post.id).await?;
    render(&ArticlePage { post, comments, form, errors })
}

/// For readers a draft is not there.
async fn find_published(db: &Database, slug: &str) -> Result<Post, Error> {
    match post_store::find(&db.readers, slug).await? {
        post if post.published => Ok(post),
        _ => Err(Error::NotFound),
    }
}
