//! Describes messages sent and received on WebSockets.

use crate::contract::client::{Message, ReceivedEvent};
use crate::contract::value::{quoted, shown};
use serde_json::Value;
use std::time::Duration;

/// Describes an event of a socket.
pub(super) fn event_text(event: &ReceivedEvent, within: Duration) -> String {
    match event {
        ReceivedEvent::Text(text) => match serde_json::from_str::<Value>(text) {
            Ok(json) => shown(&json),
            Err(_) => quoted(text),
        },
        ReceivedEvent::Binary(bytes) => format!("a binary message of {} bytes", bytes.len()),
        ReceivedEvent::Closed { how, .. } | ReceivedEvent::Invalid(how) => how.clone(),
        ReceivedEvent::TimedOut => format!("nothing in {}", span_text(within)),
    }
}

/// What a client sends, in words.
pub(super) fn message_text(message: &Message) -> String {
    match message {
        Message::Text(text) => match serde_json::from_str::<Value>(text) {
            Ok(json) => format!("says {}", shown(&json)),
            Err(_) => format!("says {}", quoted(text)),
        },
        Message::Binary(bytes) => format!("sends a binary message of {} bytes", bytes.len()),
        Message::Raw(bytes) => format!("sends {} bytes past the protocol", bytes.len()),
    }
}

/// A time in words: `5 s`, `300 ms`.
pub(super) fn span_text(span: Duration) -> String {
    match span.subsec_millis() {
        0 => format!("{} s", span.as_secs()),
        _ => format!("{} ms", span.as_millis()),
    }
}
