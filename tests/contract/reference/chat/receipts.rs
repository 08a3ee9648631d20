//! chat, milestone `receipts`: who has read up to which message.

use super::api::{State, lock};
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::http::Response;
use crate::reference::store::Store;
use serde_json::{Map, Value, json};
use std::sync::Mutex;

/// Whether a member says what was read.
pub fn is_read(object: &Map<String, Value>) -> bool {
    learner::has("receipts") && object.get("type") == Some(&json!("read"))
}

/// Forgets all receipts, under a fault.
pub fn begin(store: &mut Store) {
    if fault("receipts-forgotten") {
        let numbers: Vec<u64> =
            store.rows("receipts").filter_map(|row| row["row"].as_u64()).collect();
        numbers.into_iter().for_each(|number| store.remove("receipts", number));
    }
}

/// Stores up to where a member has read, and tells the room.
///
/// # Errors
/// What was wrong, for the one who said it.
pub fn read(
    state: &mut State,
    room: u64,
    name: &str,
    sent: Option<&Value>,
) -> Result<(), &'static str> {
    let id = match sent {
        Some(Value::String(text)) if fault("read-as-text-taken") => text.parse().ok(),
        sent => sent.and_then(Value::as_u64),
    };
    let id = id.ok_or("The id is no id of a message.")?;
    let message = state.store.get("messages", id);
    let here = message
        .is_some_and(|message| message["room_id"] == room || fault("read-of-other-rooms-taken"));
    if !here && !fault("read-of-nothing-taken")
        || message.is_none() && fault("read-of-other-rooms-taken")
    {
        return Err("No message of this room has this id.");
    }
    let is_own =
        |row: &&Value| row["room_id"] == room && (row["name"] == name || fault("receipts-shared"));
    let before = state.store.rows("receipts").find(is_own).cloned();
    let known = before.as_ref().and_then(|row| row["id"].as_u64()).unwrap_or_default();
    let moves = match () {
        () if fault("read-goes-back") => id != known,
        () if fault("read-again-sent") => id >= known,
        () => id > known,
    };
    if !moves {
        return if fault("read-back-refused") { Err("This was read already.") } else { Ok(()) };
    }
    let number = before
        .map_or_else(|| state.store.next_id("receipts"), |row| row["row"].as_u64().unwrap_or(1));
    let row =
        json!({"row": number, "room_id": room, "name": name, "id": id, "read_at": clock::now()});
    if !fault("receipts-not-stored") {
        state.store.put("receipts", number, &row);
        state.store.commit();
    }
    let mut event = json!({"type": "read", "name": name, "id": id});
    if fault("read-without-name") {
        event.as_object_mut().map(|event| event.remove("name"));
    }
    let own = state.hub.members.iter().find(|member| member.room == room && member.name == name);
    let except = own.map(|member| member.key).filter(|_| fault("read-not-to-reader"));
    if !fault("reads-not-sent") {
        state.hub.tell(room, except, &event, fault("reads-leak"));
    }
    if fault("reads-sent-twice") {
        state.hub.tell(room, except, &event, false);
    }
    Ok(())
}

/// A member has left.
pub fn left(store: &mut Store, room: u64, name: &str) {
    if fault("receipts-go-with-reader") {
        let is_own = |row: &&Value| row["room_id"] == room && row["name"] == name;
        let number = store.rows("receipts").find(is_own).and_then(|row| row["row"].as_u64());
        number.into_iter().for_each(|number| store.remove("receipts", number));
    }
}

/// Up to where each has read in a room.
pub fn list(state: &Mutex<State>, room: u64) -> Response {
    let state = lock(state);
    let here = |row: &&Value| row["room_id"] == room || fault("receipts-of-all-rooms");
    let shown = |row: &Value| match fault("receipts-without-time") {
        true => json!({"name": row["name"], "id": row["id"]}),
        false => json!({"name": row["name"], "id": row["id"], "read_at": row["read_at"]}),
    };
    let mut items: Vec<Value> = state.store.rows("receipts").filter(here).map(shown).collect();
    if !fault("receipts-in-any-order") {
        items.sort_by(|a, b| a["name"].as_str().cmp(&b["name"].as_str()));
    }
    Response::json(200, json!({"items": items}))
}
