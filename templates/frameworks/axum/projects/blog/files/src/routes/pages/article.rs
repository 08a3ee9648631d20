//! A post with its comments, and the form for another one.

use askama::Template;
use axum::{
    extract::{Form, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{
    database::Database,
    domain::{
        comment::{Comment, NewComment},
        comment_store,
        post::Post,
        post_store,
    },
    error::Error,
    input::{FieldErrors, Fields},
    web::Path,
};

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    post: Post,
    comments: Vec<Comment>,
    form: Fields,
    errors: FieldErrors,
}

impl ArticlePage {
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.get(field)?.first().map(String::as_str)
    }
}

pub async fn show(
    State(db): State<Database>,
    Path(slug): Path<String>,
) -> Result<Html<String>, Error> {
    let post = find_published(&db, &slug).await?;
    page(&db, post, Fields::default(), FieldErrors::default()).await
}

/// After success the browser goes to the article, so that a reload does not send the comment again.
/// After an error the page comes again, with what was typed and the messages.
pub async fn comment(
    State(db): State<Database>,
    Path(slug): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, Error> {
    let post = find_published(&db, &slug).await?;
    match NewComment::read(form.clone()) {
        Ok(new) => {
            comment_store::create(&db, &slug, new).await?;
            Ok(Redirect::to(&format!("/posts/{slug}")).into_response())
        }
        Err(Error::Invalid(errors)) => {
            let page = page(&db, post, form, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn page(
    db: &Database,
    post: Post,
    form: Fields,
    errors: FieldErrors,
) -> Result<Html<String>, Error> {
    let comments = comment_store::all(db, post.id).await?;
    let page = ArticlePage {
        post,
        comments,
        form,
        errors,
    };
    Ok(Html(page.render()?))
}

/// For readers there are no drafts.
async fn find_published(db: &Database, slug: &str) -> Result<Post, Error> {
    match post_store::find(&db.readers, slug).await? {
        post if post.content.published => Ok(post),
        _ => Err(Error::NotFound),
    }
}
