//! Every address of the task list, and the function that answers it.

mod tasks;

use axum::{BoxError, Router, routing::get};
use tower_http::services::ServeFile;

use crate::{
    server::Context,
    web::{Problem, files},
};

/// Under `/api`: JSON.
pub async fn api(context: &Context) -> Result<Router, BoxError> {
    let task = get(tasks::show).put(tasks::replace).patch(tasks::change).delete(tasks::delete);
    let routes = Router::new()
        .route("/tasks", get(tasks::list).post(tasks::create))
        .route("/tasks/{id}", task);
    Ok(routes.with_state(context.db.clone()))
}

/// Everywhere else: the board, whose scripts call the API.
pub fn pages(_: &Context) -> Router {
    Router::new()
        .route_service("/", ServeFile::new("static/index.html"))
        .nest_service("/static", get(files::serve))
        .fallback(async || Problem::not_found())
}
