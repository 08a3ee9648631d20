//! Every address of the blog, and the function that answers it.

mod comments;
mod pages;
mod posts;

use axum::{
    BoxError, Router,
    middleware::map_response,
    routing::{get, post},
};

use crate::{
    server::Context,
    web::{Problem, files},
};

/// Under `/api`: JSON.
pub async fn api(context: &Context) -> Result<Router, BoxError> {
    let routes = Router::new()
        .route("/posts", get(posts::list).post(posts::create))
        .route("/posts/{slug}", get(posts::show).patch(posts::change).delete(posts::delete))
        .route("/posts/{slug}/comments", get(comments::list).post(comments::create));
    Ok(routes.with_state(context.db.clone()))
}

/// Everywhere else: pages for people, and the files they use.
pub fn pages(context: &Context) -> Router {
    Router::new()
        .route("/", get(pages::list::home))
        .route("/tags/{tag}", get(pages::list::tag))
        .route("/posts/{slug}", get(pages::article::show))
        .route("/posts/{slug}/comments", post(pages::article::comment))
        .nest_service("/static", get(files::serve))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(map_response(pages::error::show))
        .with_state(context.db.clone())
}
