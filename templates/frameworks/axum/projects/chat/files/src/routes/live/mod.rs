//! `/api/rooms/{id}/live`: the way into a room, and what happens there.

mod event;
mod hub;
mod socket;

use axum::{
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, StatusCode, Uri, header, uri::Authority},
    response::{IntoResponse, Response},
};

pub use self::hub::Hub;
use super::Chat;
use crate::{
    domain::{room::MemberQuery, room_store},
    input::Id,
    web::{Path, Problem, Query},
};

const MOST_MESSAGE_BYTES: usize = 65_536;

/// All that can stand in the way is told before the upgrade: a browser shows a page nothing of an
/// upgrade that failed, so the page asks again without one.
pub async fn join(
    State(chat): State<Chat>,
    Path(Id(id)): Path<Id>,
    Query(query): Query<MemberQuery>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    if !is_same_origin(&headers) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "a page of another site may not join"));
    }
    room_store::find(&chat.db, id).await?;
    let name = query.check()?;
    let room = chat.hub.room(id);
    let Ok(upgrade) = upgrade else {
        room.check_free(&name)?;
        let headers = [(header::CONNECTION, "upgrade"), (header::UPGRADE, "websocket")];
        let problem = Problem::new(StatusCode::UPGRADE_REQUIRED, "this is the way for WebSockets");
        return Ok((headers, problem).into_response());
    };
    // From here on the name is taken. If the upgrade fails, the member is dropped, and so leaves.
    let (member, events) = room.join(name)?;
    let background = chat.background.clone();
    Ok(upgrade
        .max_message_size(MOST_MESSAGE_BYTES)
        .max_frame_size(MOST_MESSAGE_BYTES)
        .on_upgrade(move |socket| background.track(socket::serve(socket, member, events, chat))))
}

/// Browsers say in `Origin` which site a page is from, and let pages of any site open a socket.
/// Programs send no `Origin`.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let origin: Option<Uri> = origin.to_str().ok().and_then(|origin| origin.parse().ok());
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origin.as_ref().and_then(Uri::authority).map(Authority::as_str) == host && host.is_some()
}
