//! `/api/rooms/{id}/live`: how clients join a room, and what happens there.

mod event;
mod hub;
mod socket;

use std::time::Duration;

use axum::{
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::hub::Hub;
use super::Chat;
use crate::{
    domain::{room, room_store},
    error::Error,
    input::Fields,
    web::{Path, Query},
};

const MAX_MESSAGE_BYTES: usize = 65_536;

/// What the sockets share.
#[derive(Clone)]
pub struct Live {
    hub: Hub,
    /// How often each socket is pinged.
    ping: Duration,
    stopping: CancellationToken,
    sockets: TaskTracker,
}

impl Live {
    pub fn new(ping_seconds: u32) -> Self {
        Self {
            hub: Hub::default(),
            ping: Duration::from_secs(ping_seconds.into()),
            stopping: CancellationToken::new(),
            sockets: TaskTracker::new(),
        }
    }

    /// Closes all sockets, and waits until they are: the server's own shutdown knows requests only.
    pub async fn close(&self) {
        self.stopping.cancel();
        self.sockets.close();
        self.sockets.wait().await;
    }
}

/// Whatever prevents the upgrade is checked before it. A browser hides why an upgrade failed, so the
/// page then asks again without one.
pub async fn join(
    State(Chat { db, live }): State<Chat>,
    Path(id): Path<i64>,
    Query(query): Query<Fields>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Error> {
    if !is_same_origin(&headers) {
        return Err(Error::OtherSite);
    }
    room_store::find(&db, id).await?;
    let name = room::read_member(query)?;
    let room = live.hub.room(id);
    let Ok(upgrade) = upgrade else {
        room.check_free(&name)?;
        let headers = [
            (header::CONNECTION, "upgrade"),
            (header::UPGRADE, "websocket"),
        ];
        return Ok((headers, Error::NoWebSocket).into_response());
    };
    // From here on the name is taken. If the upgrade fails, the member is dropped, and so leaves.
    let (member, events) = room.join(name)?;
    let sockets = live.sockets.clone();
    Ok(upgrade
        .max_message_size(MAX_MESSAGE_BYTES)
        .max_frame_size(MAX_MESSAGE_BYTES)
        .on_upgrade(move |socket| {
            sockets.track_future(socket::serve(socket, member, events, db, live))
        }))
}

/// A browser lets a page of any site open a socket, and says in `Origin` which site it is.
/// Programs send no `Origin`.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let origin: Option<Uri> = origin.to_str().ok().and_then(|origin| origin.parse().ok());
    let origin = origin.as_ref().and_then(Uri::authority);
    let host = headers.get(header::HOST).map(HeaderValue::as_bytes);
    host.is_some() && origin.map(|origin| origin.as_str().as_bytes()) == host
}
