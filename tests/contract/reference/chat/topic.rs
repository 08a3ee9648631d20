//! chat, milestone `topic`: what a room is about, and that its members hear of it.

use super::api::{Answer, State, lock};
use crate::reference::faults::fault;
use crate::reference::form::{Absent, Form};
use crate::reference::learner;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::sync::Mutex;

/// A new room.
pub fn begin(room: &mut Value) {
    if learner::has("topic") {
        room["topic"] = if fault("topic-null-at-first") { Value::Null } else { json!("") };
    }
}

/// What two faults make of what an earlier start stored.
pub fn restart(store: &mut Store) {
    let (lost, null) = (fault("topic-lost-at-restart"), fault("topic-null-after-restart"));
    if !lost && !null {
        return;
    }
    for mut room in store.rows("rooms").cloned().collect::<Vec<_>>() {
        if lost {
            room["topic"] = json!("");
        } else if room["topic"] == "" {
            room["topic"] = Value::Null;
        }
        store.put("rooms", room["id"].as_u64().unwrap_or_default(), &room);
    }
    store.commit();
}

/// A room as it is answered: one from before the milestone has no topic yet.
pub fn shown(mut room: Value) -> Value {
    if learner::has("topic") && room.get("topic").is_none() {
        room["topic"] = json!("");
    }
    room
}

/// A room of a list.
pub fn listed(room: Value) -> Value {
    let mut room = shown(room);
    if let (Some(map), true) = (room.as_object_mut(), fault("topic-not-listed")) {
        map.remove("topic");
    }
    room
}

/// `PATCH /api/rooms/{id}`.
pub fn change(state: &Mutex<State>, request: &Request, before: Value) -> Answer {
    let object = body::object(request)?;
    let mut form = Form::new(&object, &["topic"]);
    let topic = form.take("room.topic", Absent::Becomes(before["topic"].clone()));
    form.finish()?;
    let id = before["id"].as_u64().unwrap_or_default();
    let mut state = lock(state);
    let mut room = shown(state.store.get("rooms", id).cloned().unwrap_or(before));
    let same = room["topic"] == topic;
    room["topic"] = topic.clone();
    if let (Some(name), true) = (object.get("name"), fault("topic-renames")) {
        room["name"] = name.clone();
    }
    if !fault("topic-not-stored") {
        state.store.put("rooms", id, &room);
        state.store.commit();
    }
    tell(&mut state, id, &topic, same);
    if fault("topic-204") {
        return Ok(Response::empty(204));
    }
    Ok(Response::json(200, room))
}

fn tell(state: &mut State, room: u64, topic: &Value, same: bool) {
    if same && !fault("topic-told-unchanged") || fault("topic-untold") {
        return;
    }
    let event = json!({"type": "topic", "topic": topic});
    let first =
        state.hub.members.iter().find(|member| member.room == room).map(|member| member.key);
    let except = first.filter(|_| fault("topic-told-to-others"));
    let leak = fault("topic-told-everywhere");
    state.hub.tell(room, except, &event, leak);
    if fault("topic-told-twice") {
        state.hub.tell(room, except, &event, leak);
    }
}
