//! One connection: it reads and writes at the same time, so that a slow reader can still speak.

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::ws::{CloseCode, CloseFrame, Message, Utf8Bytes, WebSocket, close_code},
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout},
};

use super::{Live, event, hub::Member};
use crate::database::Database;

/// How long a client may take to close the connection.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

pub async fn serve(
    socket: WebSocket,
    member: Member,
    events: mpsc::Receiver<Utf8Bytes>,
    db: Database,
    live: Live,
) {
    let (sink, mut stream) = socket.split();
    let (end, ending) = oneshot::channel();
    let mut writer = tokio::spawn(write(sink, events, live.ping, ending));

    let (code, reason) = read(&mut stream, &member, &db, &live).await;
    // The others hear of it before this client does, which may no longer listen.
    drop(member);
    let _ = end.send(CloseFrame {
        code,
        reason: reason.into(),
    });
    let closing = async {
        let _ = (&mut writer).await;
        while let Some(Ok(_)) = stream.next().await {}
    };
    if timeout(CLOSE_TIMEOUT, closing).await.is_err() {
        writer.abort();
    }
}

/// Returns why the connection has to be closed.
async fn read(
    stream: &mut SplitStream<WebSocket>,
    member: &Member,
    db: &Database,
    live: &Live,
) -> (CloseCode, &'static str) {
    let mut alive = Instant::now();
    loop {
        let message = tokio::select! {
            biased;
            () = live.stopping.cancelled() => {
                return (close_code::AWAY, "the server stops");
            }
            () = member.dropped() => return (close_code::AGAIN, "you are too far behind"),
            // Before the time is checked: the pong may be here already.
            message = stream.next() => message,
            () = sleep_until(alive + 2 * live.ping) => {
                return (close_code::POLICY, "no pong came");
            }
        };
        // What follows is never interrupted: a message that is stored is sent as well.
        match message {
            Some(Ok(Message::Text(text))) => handle(&text, member, db).await,
            Some(Ok(Message::Binary(_))) => member.refuse("send text, not bytes"),
            Some(Ok(Message::Pong(_))) => alive = Instant::now(),
            // Both are answered by axum; after a close the stream ends.
            Some(Ok(Message::Ping(_) | Message::Close(_))) => {}
            Some(Err(_)) => return (close_code::POLICY, "a message is broken or too long"),
            None => return (close_code::NORMAL, ""),
        }
    }
}

async fn handle(text: &str, member: &Member, db: &Database) {
    match event::read(text) {
        Ok(text) => {
            if let Err(error) = member.say(db, &text).await {
                tracing::error!(%error, "a message was not stored");
                member.refuse("something went wrong on our side");
            }
        }
        Err(detail) => member.refuse(&detail),
    }
}

/// Pings go before the events that wait, so that a slow reader gets them in time.
async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut events: mpsc::Receiver<Utf8Bytes>,
    ping: Duration,
    mut ending: oneshot::Receiver<CloseFrame>,
) -> Result<(), axum::Error> {
    let mut pings = interval_at(Instant::now() + ping, ping);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let message = tokio::select! {
            biased;
            frame = &mut ending => return sink.send(Message::Close(frame.ok())).await,
            _ = pings.tick() => Message::Ping(Bytes::new()),
            Some(text) = events.recv() => Message::Text(text),
        };
        sink.send(message).await?;
    }
}
