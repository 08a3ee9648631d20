//! Every address of the chat, and the function that answers it.

mod live;
mod rooms;

use std::{num::NonZeroU32, time::Duration};

use axum::{BoxError, Router, extract::FromRef, routing::get};
use tower_http::services::ServeFile;

use self::live::Hub;
use crate::{
    database::Database,
    server::Context,
    shutdown::Background,
    web::{Problem, files},
};

/// What the handlers share.
#[derive(Clone, FromRef)]
pub struct Chat {
    db: Database,
    hub: Hub,
    background: Background,
    #[from_ref(skip)]
    ping: Duration,
}

/// Under `/api`: JSON, and the sockets.
pub async fn api(context: &Context) -> Result<Router, BoxError> {
    let seconds: NonZeroU32 =
        context.variables.parse("PING_SECONDS", "15", "a whole number from 1")?;
    let chat = Chat {
        db: context.db.clone(),
        hub: Hub::default(),
        background: context.background.clone(),
        ping: Duration::from_secs(seconds.get().into()),
    };
    let routes = Router::new()
        .route("/rooms", get(rooms::list).post(rooms::create))
        .route("/rooms/{id}", get(rooms::show))
        .route("/rooms/{id}/messages", get(rooms::history))
        .route("/rooms/{id}/live", get(live::join));
    Ok(routes.with_state(chat))
}

/// Everywhere else: the page, whose scripts call the API.
pub fn pages(_: &Context) -> Router {
    Router::new()
        .route_service("/", ServeFile::new("static/index.html"))
        .nest_service("/static", get(files::serve))
        .fallback(async || Problem::not_found())
}
