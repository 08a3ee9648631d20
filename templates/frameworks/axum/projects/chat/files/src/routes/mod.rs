//! Every address of the chat, and the function that responds to it.

mod live;
mod rooms;

use axum::{Router, extract::FromRef, routing::get};
use tower_http::services::ServeFile;

pub use self::live::Live;
use crate::{database::Database, error::Error, web};

/// What the handlers share.
#[derive(Clone, FromRef)]
struct Chat {
    db: Database,
    live: Live,
}

pub fn app(db: Database, live: Live) -> Router {
    let chat = Chat {
        db: db.clone(),
        live,
    };
    let routes = Router::new()
        .route("/api/rooms", get(rooms::list).post(rooms::create))
        .route("/api/rooms/{id}", get(rooms::show))
        .route("/api/rooms/{id}/messages", get(rooms::history))
        .route("/api/rooms/{id}/live", get(live::join))
        .with_state(chat)
        // The page, whose scripts call the API.
        .route_service("/", ServeFile::new("static/index.html"))
        .merge(web::routes(db))
        .fallback(async || Error::NotFound);
    web::around(routes)
}
