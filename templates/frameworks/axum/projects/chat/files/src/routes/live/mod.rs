//! `/api/rooms/{id}/live`: the way into a room, and what happens there.

mod event;
mod hub;
mod socket;

use axum::{
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{StatusCode, header},
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
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
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
