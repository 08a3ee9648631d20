//! chat, milestone `private`: rooms that are there for their members alone.

use super::api::{Answer, State, lock};
use crate::reference::accounts as users;
use crate::reference::faults::fault;
use crate::reference::form::{Absent, Form};
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{Errors, invalid, method_not_allowed, problem};
use crate::reference::store::Store;
use crate::reference::token_accounts::{bearer, unauthorized};
use serde_json::{Map, Value, json};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;
use tungstenite::protocol::frame::coding::CloseCode;

/// Who asks: a user's id, or nobody.
pub type Asker = Option<u64>;

/// Who asks for a path from `/api/rooms` on.
///
/// # Errors
/// 401 for a bad token.
pub fn asker(state: &Mutex<State>, request: &Request) -> Result<Asker, Response> {
    if !learner::has("private") {
        return Ok(None);
    }
    let Some(token) = bearer(request) else { return Ok(None) };
    match users::holder(&lock(state).store, &token) {
        None if !fault("bad-token-as-nobody") => Err(unauthorized()),
        user => Ok(user),
    }
}

fn is_private(room: &Value) -> bool {
    room["private"] == true
}

fn member_of(store: &Store, room: &Value, user: u64) -> Option<Value> {
    let is_it = |row: &&Value| row["room_id"] == room["id"] && row["user_id"] == user;
    store.rows("members").find(is_it).cloned()
}

/// Where a room is asked for; some faults open one of these places.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Room,
    History,
    Members,
    Live,
    Upgrade,
}

/// Whether the room is there for whoever asks.
pub fn is_seen(store: &Store, room: &Value, asker: Asker, place: Place) -> bool {
    let open = match place {
        Place::Room => fault("private-room-read"),
        Place::History => fault("private-history-read"),
        Place::Members => fault("private-members-read"),
        Place::Live => fault("private-live-told"),
        Place::Upgrade => {
            fault("private-joined-by-all") || asker.is_some() && fault("private-joined-by-users")
        }
    };
    let is_member = asker.is_some_and(|user| member_of(store, room, user).is_some());
    !is_private(room) || is_member || open
}

/// What is answered to those who may not see a room.
pub fn unseen() -> Response {
    if fault("private-403") { problem(403, "This room is private.") } else { ids::absent() }
}

/// Whether a list for whoever asks has this room.
pub fn is_listed(store: &Store, room: &Value, asker: Asker) -> bool {
    match asker {
        None if fault("private-listed-for-guests") => true,
        Some(_) if fault("private-listed-for-users") => true,
        _ if is_private(room) && fault("private-never-listed") => false,
        _ => {
            let is_member = asker.is_some_and(|user| member_of(store, room, user).is_some());
            !is_private(room) || is_member
        }
    }
}

/// A room as it is answered: one from before the milestone is public.
pub fn shown(mut room: Value) -> Value {
    if learner::has("private") && room.get("private").is_none() && !fault("public-untold") {
        room["private"] = json!(false);
    }
    room
}

/// What a new room's body says of it.
///
/// # Errors
/// 401 for a private room of nobody's.
pub fn chosen(form: &mut Form<'_>, asker: Asker) -> Result<bool, Response> {
    if !learner::has("private") || fault("private-ignored") {
        return Ok(false);
    }
    let private = form.take("room.private", Absent::Becomes(json!(false))) == true;
    if private && asker.is_none() && !fault("private-of-nobody") {
        return Err(unauthorized());
    }
    Ok(private)
}

/// Whether a room of this name stands in the way of a new one.
pub fn is_in_the_way(there: &Value, private: bool) -> bool {
    let hidden = private || is_private(there);
    !hidden || fault("private-names-taken")
}

/// Makes a new room private, with its owner as the first member.
pub fn open(store: &mut Store, room: &mut Value, owner: Asker) {
    room["private"] = json!(true);
    if let Some(owner) = owner {
        join(store, room, owner, true);
    }
}

fn join(store: &mut Store, room: &Value, user: u64, owner: bool) {
    let id = store.next_id("members");
    let row = json!({"id": id, "room_id": room["id"], "user_id": user, "owner": owner});
    store.put("members", id, &row);
}

/// `/api/rooms/{id}/members` and below, of a room that the asker may see.
pub fn answer(
    state: &Mutex<State>,
    request: &Request,
    room: &Value,
    asker: Asker,
    below: &[&str],
) -> Answer {
    if !is_private(room) && !fault("public-members") {
        return Err(ids::unknown_path());
    }
    match (below, request.method.as_str()) {
        ([], "GET" | "HEAD") => Ok(list(&lock(state).store, room)),
        ([], "POST") => invite(state, request, room, asker),
        ([], _) => Ok(method_not_allowed("GET, HEAD, POST")),
        ([user], "DELETE") => remove(state, room, asker, ids::parse(user)?),
        ([_], _) => Ok(method_not_allowed("DELETE")),
        _ => Err(ids::unknown_path()),
    }
}

fn as_member(store: &Store, row: &Value) -> Value {
    let user = row["user_id"].as_u64().and_then(|id| store.get("users", id));
    let name = user.map(|user| user["email"].clone());
    json!({"id": row["user_id"], "name": name, "owner": row["owner"]})
}

fn list(store: &Store, room: &Value) -> Response {
    let rows = store.rows("members").filter(|row| row["room_id"] == room["id"]);
    let mut items: Vec<Value> = rows.map(|row| as_member(store, row)).collect();
    if fault("members-newest-first") {
        items.reverse();
    }
    Response::json(200, json!({"items": items}))
}

fn is_owner(store: &Store, room: &Value, asker: Asker) -> bool {
    let row = asker.and_then(|user| member_of(store, room, user));
    row.is_some_and(|row| row["owner"] == true)
}

fn invite(state: &Mutex<State>, request: &Request, room: &Value, asker: Asker) -> Answer {
    let mut locked = lock(state);
    if !is_owner(&locked.store, room, asker) && !fault("invitations-by-members") {
        return Err(problem(403, "Only the owner invites."));
    }
    let object: Map<String, Value> = body::object(request)?;
    let name = object.get("name").and_then(Value::as_str).unwrap_or_default();
    let user = match fault("invited-with-case") {
        true => locked.store.find("users", "email", name).and_then(|user| user["id"].as_u64()),
        false => users::id_of(&locked.store, name),
    };
    let Some(user) = user else {
        let message = vec!["must be the name of a user".to_owned()];
        let unknown = invalid(Errors::from([("name".to_owned(), message)]));
        return Err(if fault("unknown-invited-404") { ids::absent() } else { unknown });
    };
    let there = member_of(&locked.store, room, user).is_some();
    if fault("invite-race") {
        drop(locked);
        thread::sleep(Duration::from_millis(50));
        locked = lock(state);
    }
    if there && !fault("invited-twice") {
        return Err(problem(409, "This user is a member already."));
    }
    let owner = object.get("owner") == Some(&json!(true)) && fault("owner-by-body");
    if !fault("invitation-lost") {
        join(&mut locked.store, room, user, owner);
        locked.store.commit();
    }
    let row = json!({"user_id": user, "owner": owner});
    Ok(Response::json(201, as_member(&locked.store, &row)))
}

fn remove(state: &Mutex<State>, room: &Value, asker: Asker, user: u64) -> Answer {
    let mut state = lock(state);
    let State { store, hub } = &mut *state;
    let is_own = asker == Some(user);
    if !is_own && !is_owner(store, room, asker) && !fault("removal-by-members") {
        return Err(problem(403, "Only the owner removes others."));
    }
    let row = match member_of(store, room, user) {
        None if fault("removal-of-nobody") => return Ok(Response::empty(204)),
        row => row.ok_or_else(ids::absent)?,
    };
    if row["owner"] == true && !fault("owner-leaves") {
        return Err(problem(409, "The owner stays."));
    }
    if is_own && fault("nobody-leaves") {
        return Err(problem(403, "Ask the owner."));
    }
    if !fault("removal-lost") {
        store.remove("members", row["id"].as_u64().unwrap_or_default());
    }
    if fault("messages-go-with-member") {
        let name = store.get("users", user).map(|user| user["email"].clone());
        let is_of_member =
            |row: &&Value| row["room_id"] == room["id"] && Some(&row["author"]) == name.as_ref();
        let messages: Vec<u64> = store
            .rows("messages")
            .filter(is_of_member)
            .filter_map(|row| row["id"].as_u64())
            .collect();
        messages.into_iter().for_each(|id| store.remove("messages", id));
    }
    store.commit();
    if fault("removed-stays-connected") || is_own && fault("leaver-stays-connected") {
        return Ok(Response::empty(204));
    }
    let code = if fault("removed-code-1000") { CloseCode::Normal } else { CloseCode::Policy };
    hub.end(code, |member| {
        let here = room["id"] == member.room || fault("removed-everywhere");
        here && member.opened.as_ref().is_some_and(|opened| opened.user == user)
    });
    Ok(Response::empty(204))
}
