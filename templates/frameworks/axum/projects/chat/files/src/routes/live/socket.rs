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

use super::{event, hub::Member};
use crate::routes::Chat;

/// How long a client may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

pub async fn serve(
    socket: WebSocket,
    member: Member,
    events: mpsc::Receiver<Utf8Bytes>,
    chat: Chat,
) {
    let (sink, mut stream) = socket.split();
    let (end, ending) = oneshot::channel();
    let mut writer = tokio::spawn(write(sink, events, chat.ping, ending));

    let (code, reason) = read(&mut stream, &member, &chat).await;
    // The others are told before this client is: it may no longer listen.
    drop(member);
    let _ = end.send(CloseFrame { code, reason: reason.into() });
    let goodbye = async {
        let _ = (&mut writer).await;
        while let Some(Ok(_)) = stream.next().await {}
    };
    if timeout(GOODBYE, goodbye).await.is_err() {
        writer.abort();
    }
}

/// Ends with the reason for which the connection is to be closed.
async fn read(
    stream: &mut SplitStream<WebSocket>,
    member: &Member,
    chat: &Chat,
) -> (CloseCode, &'static str) {
    let mut alive = Instant::now();
    loop {
        let message = tokio::select! {
            biased;
            () = chat.background.stopping().cancelled() => {
                return (close_code::AWAY, "the server stops");
            }
            () = member.dropped() => return (close_code::AGAIN, "you are too far behind"),
            // Before the time is looked at: the answer to a ping may be here already.
            message = stream.next() => message,
            () = sleep_until(alive + 2 * chat.ping) => {
                return (close_code::POLICY, "no answer to pings");
            }
        };
        // What follows is never cut short: a message that is stored is told as well.
        match message {
            Some(Ok(Message::Text(text))) => hear(&text, member, chat).await,
            Some(Ok(Message::Binary(_))) => member.refuse("send text, not bytes"),
            Some(Ok(Message::Pong(_))) => alive = Instant::now(),
            // Both are answered by axum; after a close the stream ends.
            Some(Ok(Message::Ping(_) | Message::Close(_))) => {}
            Some(Err(_)) => return (close_code::POLICY, "a message is broken or too long"),
            None => return (close_code::NORMAL, ""),
        }
    }
}

async fn hear(text: &str, member: &Member, chat: &Chat) {
    match event::read(text) {
        Ok(text) => {
            if let Err(error) = member.say(&chat.db, &text).await {
                tracing::error!(%error, "a message was not stored");
                member.refuse("something went wrong on our side");
            }
        }
        Err(detail) => member.refuse(&detail),
    }
}

/// Pings go before what waits: a slow reader shall find them in time.
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
