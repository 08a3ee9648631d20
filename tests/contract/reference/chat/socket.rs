//! chat: the life of one WebSocket.

use super::api::{Locked, State, lock};
use super::hub::{Outbox, frame};
use super::limits::{self, TooMany};
use super::receipts;
use crate::reference::clock;
use crate::reference::faults::{fault, field_fault, param};
use crate::reference::fields;
use crate::reference::form;
use crate::reference::protocol::body;
use crate::reference::protocol::http::Response;
use serde_json::{Value, json};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tungstenite::error::ProtocolError;
use tungstenite::handshake::derive_accept_key;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{Role, WebSocketConfig};
use tungstenite::{Error, Message, WebSocket};

const LARGEST: usize = 65_536;
/// How long a fault keeps what should have ended.
const UNNOTICED: Duration = Duration::from_secs(60);

/// A place in a room; who drops it leaves.
struct Place {
    state: Arc<Mutex<State>>,
    key: u64,
    outbox: Arc<Outbox>,
}

impl Place {
    fn leave(&self) {
        let mut state = lock(&self.state);
        let member = state.hub.members.iter().find(|member| member.key == self.key);
        if let (Some(member), true) = (member, fault("messages-go-with-author")) {
            let is_own = |message: &&Value| {
                message["author"] == member.name && message["room_id"] == member.room
            };
            let gone: Vec<u64> = state
                .store
                .rows("messages")
                .filter(is_own)
                .filter_map(|message| message["id"].as_u64())
                .collect();
            gone.into_iter().for_each(|id| state.store.remove("messages", id));
        }
        let member = state.hub.members.iter().find(|member| member.key == self.key);
        let who = member.map(|member| (member.room, member.name.clone()));
        if let Some((room, name)) = who {
            receipts::left(&mut state.store, room, &name);
        }
        state.hub.leave(self.key);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave();
    }
}

/// A stream for reading: what would be written is another's work.
struct ReadOnly(TcpStream);

impl Read for ReadOnly {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl Write for ReadOnly {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The answer that makes a WebSocket of the connection.
pub fn accept(state: &Arc<Mutex<State>>, member: (u64, Arc<Outbox>), key: &str) -> Response {
    let accepted = derive_accept_key(key.as_bytes());
    let place = Place { state: Arc::clone(state), key: member.0, outbox: member.1 };
    let mut answer = Response::empty(101)
        .with("Upgrade", "websocket")
        .with("Connection", "Upgrade")
        .with("Sec-WebSocket-Accept", accepted);
    answer.switch = Some(Box::new(move |stream, ahead| run(&place, stream, ahead)));
    answer
}

fn run(place: &Place, stream: TcpStream, ahead: Vec<u8>) {
    let _ = stream.set_read_timeout(None);
    let copies = (stream.try_clone(), stream.try_clone(), stream.try_clone());
    let (Ok(to_write), Ok(to_cut), Ok(to_end)) = copies else { return };
    let mut state = lock(&place.state);
    let members = &mut state.hub.members;
    if let Some(member) = members.iter_mut().find(|member| member.key == place.key) {
        member.stream = Some(to_cut);
    }
    drop(state);
    let outbox = Arc::clone(&place.outbox);
    let writer = thread::spawn(move || write(&outbox, to_write));
    let code = read(place, stream, ahead);
    // The others learn of it before the close frame is on its way.
    place.leave();
    place.outbox.end(code);
    // Whoever reads no more is not waited for.
    let _ = to_end.set_write_timeout(Some(Duration::from_secs(1)));
    let _ = writer.join();
    let _ = to_end.shutdown(Shutdown::Both);
}

fn write(outbox: &Outbox, stream: TcpStream) {
    let mut socket = WebSocket::from_raw_socket(stream, Role::Server, None);
    while let Some(message) = outbox.next() {
        if socket.send(message).is_err() {
            outbox.cut();
            let _ = socket.get_ref().shutdown(Shutdown::Both);
            return;
        }
    }
}

/// Reads until the connection is to end, and says how.
fn read(place: &Place, stream: TcpStream, ahead: Vec<u8>) -> CloseCode {
    let largest = match () {
        () if fault("large-message-answered") => LARGEST * 16,
        () if fault("message-limit-low") => LARGEST / 2,
        () => LARGEST,
    };
    let whole = if fault("pieces-unlimited") { LARGEST * 16 } else { largest };
    let config = WebSocketConfig::default()
        .max_message_size(Some(whole))
        .max_frame_size(Some(largest))
        .accept_unmasked_frames(fault("unmasked-frames-taken"));
    let mut socket =
        WebSocket::from_partially_read(ReadOnly(stream), ahead, Role::Server, Some(config));
    let code = loop {
        match socket.read() {
            Ok(Message::Text(text)) => {
                match is_refused(place, Some(&text)) {
                    None => {}
                    Some(true) => break refusal_code(),
                    Some(false) => continue,
                }
                if !is_delivered(place, &text) {
                    break CloseCode::Policy;
                }
            }
            Ok(Message::Binary(_)) if fault("binary-ends") => break CloseCode::Unsupported,
            Ok(Message::Binary(_)) => match is_refused(place, None) {
                None => complain(place, "binary", "Send text."),
                Some(true) => break refusal_code(),
                Some(false) => {}
            },
            Ok(Message::Ping(bytes)) => {
                place.outbox.push_first(Message::Pong(bytes));
            }
            Ok(Message::Pong(_)) => {
                let mut state = lock(&place.state);
                let member = state.hub.members.iter_mut().find(|member| member.key == place.key);
                if let Some(member) = member {
                    member.last_pong = Instant::now();
                }
            }
            Ok(Message::Frame(_)) => {}
            Err(Error::Capacity(_)) => {
                if fault("large-message-ends-all") {
                    lock(&place.state).hub.cut_all();
                }
                break CloseCode::Size;
            }
            Err(Error::Utf8(_)) => break CloseCode::Invalid,
            Err(Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)) => {
                if fault("cut-ends-all") {
                    lock(&place.state).hub.cut_all();
                }
                if fault("cut-unnoticed") {
                    thread::sleep(UNNOTICED);
                }
                break CloseCode::Normal;
            }
            Err(Error::Protocol(_)) => {
                if fault("broken-frame-ends-all") {
                    lock(&place.state).hub.cut_all();
                }
                break CloseCode::Protocol;
            }
            Ok(Message::Close(_)) if fault("close-unanswered") => {
                place.leave();
                thread::sleep(UNNOTICED);
                break CloseCode::Normal;
            }
            Ok(Message::Close(_)) | Err(_) => break CloseCode::Normal,
        }
    };
    let broken = matches!(code, CloseCode::Protocol | CloseCode::Invalid);
    if fault("broken-frame-survives") && broken {
        thread::sleep(UNNOTICED);
    }
    code
}

fn refusal_code() -> CloseCode {
    if fault("flood-close-code") { CloseCode::Normal } else { CloseCode::Policy }
}

/// Whether a message is too many, and whether the connection ends for it.
fn is_refused(place: &Place, text: Option<&str>) -> Option<bool> {
    let sent: Value = text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let words = sent["text"].as_str().filter(|words| !words.is_empty());
    if fault("garbage-uncounted") && words.is_none() {
        return None;
    }
    let mut state = lock(&place.state);
    let member = state.hub.members.iter().find(|member| member.key == place.key)?;
    let (room, name) = (member.room, member.name.clone());
    let TooMany { error, last } = limits::enter(room, &name).err()?;
    if fault("flood-slows-all") {
        thread::sleep(Duration::from_secs(3));
    }
    if let (Some(words), true) = (words, fault("flood-stored")) {
        let id = state.store.next_id("messages");
        let message = json!({
            "id": id, "room_id": room, "author": name, "text": words, "sent_at": clock::now(),
        });
        state.store.put("messages", id, &message);
        state.store.commit();
    }
    match () {
        () if last || fault("flood-without-error") => {}
        () if fault("flood-error-to-all") => drop(state.hub.tell(room, None, &error, false)),
        () => place.outbox.push(frame(error)),
    }
    Some(last)
}

/// Whether the connection goes on after this text.
fn is_delivered(place: &Place, text: &str) -> bool {
    if fault("nested-ends") && text.contains("[[[[") {
        return false;
    }
    let text = body::lenient(text.to_owned());
    let Ok(Value::Object(object)) = serde_json::from_str(&text) else {
        if fault("garbage-ends") {
            return false;
        }
        if fault("garbage-stops-server") {
            lock(&place.state).hub.cut_all();
        }
        complain(place, "json", "Send a JSON object.");
        return true;
    };
    if receipts::is_read(&object) {
        read_up_to(place, object.get("id"));
        return true;
    }
    if object.get("type") != Some(&json!("message")) && !fault("any-type-taken") {
        complain(place, "type", "The type is not known.");
        return true;
    }
    let field = fields::get("message.text");
    let sent = match object.get("text") {
        Some(Value::Null) if field_fault(field, "null") => json!("null"),
        None if field_fault(field, "missing") => json!("missing"),
        sent => sent.cloned().unwrap_or(Value::Null),
    };
    match form::check(field, &sent) {
        Ok(text) => {
            let author = object.get("author").filter(|_| fault("author-from-client"));
            post(place, &text, author);
        }
        Err(_) if fault("broken-text-ends") => return false,
        Err(message) => complain(place, "text", &format!("The text {message}.")),
    }
    true
}

fn read_up_to(place: &Place, id: Option<&Value>) {
    let mut state = lock(&place.state);
    let Some(member) = state.hub.members.iter().find(|member| member.key == place.key) else {
        return;
    };
    let (room, name) = (member.room, member.name.clone());
    let done = receipts::read(&mut state, room, &name, id);
    drop(state);
    if let Err(detail) = done {
        complain(place, "read", detail);
    }
}

/// Tells one client alone what was wrong.
fn complain(place: &Place, kind: &str, detail: &str) {
    if fault("no-error") || param("no-error-for") == Some(kind) {
        return;
    }
    let event = if fault("error-lacks-detail") {
        json!({"type": "error"})
    } else {
        json!({"type": "error", "detail": detail})
    };
    if fault("error-to-all") {
        let mut state = lock(&place.state);
        let room = state
            .hub
            .members
            .iter()
            .find(|member| member.key == place.key)
            .map(|member| member.room);
        state.hub.tell(room.unwrap_or_default(), None, &event, true);
        return;
    }
    place.outbox.push(frame(event));
}

/// Stores a message, then sends it to all in the room.
fn post(place: &Place, text: &Value, author: Option<&Value>) {
    let mut state = lock(&place.state);
    let Some(member) = state.hub.members.iter().find(|member| member.key == place.key) else {
        return;
    };
    let (room, name) = (member.room, json!(member.name));
    let id = state.store.next_id("messages");
    let author = author.unwrap_or(&name);
    let message = json!({
        "id": id, "room_id": room, "author": author, "text": text, "sent_at": clock::now(),
    });
    let mut event = message.clone();
    event["type"] = json!("message");
    if let (Some(name), Some(map)) = (param("message-lacks"), event.as_object_mut()) {
        map.remove(name);
    }
    if fault("sent-before-stored") || fault("broker-before-stored") {
        let later = Arc::clone(&place.state);
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(500));
            let mut state = lock(&later);
            state.store.put("messages", id, &message);
            state.store.commit();
        });
    } else if !fault("messages-not-stored") {
        state.store.put("messages", id, &message);
        state.store.commit();
    }
    let except = fault("not-to-sender").then_some(place.key);
    if fault("out-of-order") && id.is_multiple_of(2) {
        let later = Arc::clone(&place.state);
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(40));
            lock(&later).hub.tell(room, except, &event, fault("messages-leak"));
        });
        return;
    }
    if fault("to-sender-alone") {
        place.outbox.push(frame(event));
        return;
    }
    if !state.hub.tell(room, except, &event, fault("messages-leak")) {
        undo(place, state, id);
    }
}

/// Takes back a message that reached nobody.
fn undo(place: &Place, mut state: Locked<'_>, id: u64) {
    if !fault("broker-lost-stored") {
        state.store.remove("messages", id);
        state.store.commit();
    }
    drop(state);
    if !fault("broker-lost-in-silence") {
        complain(place, "broker", "The message reached nobody; send it again.");
    }
}
