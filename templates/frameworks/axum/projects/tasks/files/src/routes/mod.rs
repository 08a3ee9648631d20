//! Every address of the task list, and the function that responds to it.

mod tasks;

use axum::{Router, routing::get};
use tower_http::services::ServeFile;

use crate::{database::Database, error::Error, web};

pub fn app(db: Database) -> Router {
    let routes = Router::new()
        .route("/api/tasks", get(tasks::list).post(tasks::create))
        .route(
            "/api/tasks/{id}",
            get(tasks::show)
                .put(tasks::replace)
                .patch(tasks::change)
                .delete(tasks::delete),
        )
        .with_state(db.clone())
        // The board, whose scripts call the API.
        .route_service("/", ServeFile::new("static/index.html"))
        .merge(web::routes(db))
        .fallback(async || Error::NotFound);
    web::around(routes)
}
