//! Every address of the blog, and the function that responds to it.

mod comments;
mod pages;
mod posts;

use axum::{
    Router,
    middleware::from_fn,
    routing::{get, post},
};

use crate::{database::Database, error::Error, web};

pub fn app(db: Database) -> Router {
    let routes = Router::new()
        .route("/api/posts", get(posts::list).post(posts::create))
        .route(
            "/api/posts/{slug}",
            get(posts::show).patch(posts::change).delete(posts::delete),
        )
        .route(
            "/api/posts/{slug}/comments",
            get(comments::list).post(comments::create),
        )
        // Pages for people.
        .route("/", get(pages::list::home))
        .route("/tags/{tag}", get(pages::list::tag))
        .route("/posts/{slug}", get(pages::article::show))
        .route("/posts/{slug}/comments", post(pages::article::comment))
        .with_state(db.clone())
        .merge(web::routes(db))
        .fallback(async || Error::NotFound);
    web::around(routes.layer(from_fn(pages::error::show)))
}
