//! chat: rooms, their history, and who may join.

use super::accounts::{self, Opened};
use super::broker::{self, Broker};
use super::hub::{Hub, Refused, frame};
use super::ping;
use super::private::{self, Asker, Place};
use super::receipts;
use super::resume;
use super::socket;
use super::together;
use super::topic;
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::fields;
use crate::reference::form::{self, Absent, Form};
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::list::{self, Query};
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::protocol::problem::{Errors, invalid, method_not_allowed, problem};
use crate::reference::server::Project;
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

/// How long a fault lets others talk between the history and what comes live.
const SEAM: Duration = Duration::from_millis(5);

/// What one lock guards: a message is stored and sent under it, so both have one order.
pub struct State {
    pub store: Store,
    pub hub: Hub,
}

pub struct Chat {
    state: Arc<Mutex<State>>,
}

pub type Answer = Result<Response, Response>;

/// The state, for one thread of one server.
pub struct Locked<'a>(MutexGuard<'a, State>);

impl Deref for Locked<'_> {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

impl DerefMut for Locked<'_> {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.0
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        self.0.store.unlock();
    }
}

pub fn lock(state: &Mutex<State>) -> Locked<'_> {
    let mut guard = state.lock().unwrap_or_else(PoisonError::into_inner);
    guard.store.lock();
    Locked(guard)
}

impl Project for Chat {
    fn answer(&self, request: &Request) -> Response {
        let path = request.segments();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        if let Some(done) = accounts::answer(&self.state, request, &path) {
            return done.unwrap_or_else(|refusal| refusal);
        }
        let asker = match path.as_slice() {
            ["api", "rooms", ..] => private::asker(&self.state, request),
            _ => Ok(None),
        };
        let done = asker.and_then(|asker| self.route(request, &path, asker));
        done.unwrap_or_else(|refusal| refusal)
    }

    fn is_well(&self) -> bool {
        if broker::address().is_none() || fault("broker-unwatched") {
            return true;
        }
        lock(&self.state).hub.broker.as_mut().is_none_or(Broker::is_up)
    }

    fn part(&self) {
        ping::part(&self.state);
    }

    fn close(&self) {
        lock(&self.state).store.close();
    }
}

impl Chat {
    pub fn new(mut store: Store) -> Self {
        topic::restart(&mut store);
        resume::begin();
        receipts::begin(&mut store);
        let state = Arc::new(Mutex::new(State { store, hub: Hub::new() }));
        ping::keep_pinging(&state);
        accounts::begin(&state);
        together::begin(&state);
        Self { state }
    }

    fn route(&self, request: &Request, path: &[&str], asker: Asker) -> Answer {
        match (path, request.method.as_str()) {
            (["api", "rooms"], "GET" | "HEAD") => self.rooms(request, asker),
            (["api", "rooms"], "POST") => self.create(request, asker),
            (["api", "rooms", id], "GET" | "HEAD") => {
                self.room(id, asker, Place::Room).map(|room| Response::json(200, room))
            }
            (["api", "rooms", id], "PATCH") if learner::has("topic") => {
                let room = self.room(id, asker, Place::Room)?;
                topic::change(&self.state, request, room)
            }
            (["api", "rooms", id, "messages"], "GET" | "HEAD") => {
                self.history(request, &self.room(id, asker, Place::History)?)
            }
            (["api", "rooms", id, "receipts"], "GET" | "HEAD") if learner::has("receipts") => {
                let room = self.room(id, asker, Place::Room)?;
                Ok(receipts::list(&self.state, room["id"].as_u64().unwrap_or_default()))
            }
            (["api", "rooms", id, "members", below @ ..], _) if learner::has("private") => {
                let room = self.room(id, asker, Place::Members)?;
                private::answer(&self.state, request, &room, asker, below)
            }
            (["api", "rooms", id, "live"], "GET") => self.live(request, id),
            (["api", "rooms"], _) => Ok(method_not_allowed("GET, HEAD, POST")),
            (["api", "rooms", _] | ["api", "rooms", _, "messages" | "live"], _) => {
                Ok(method_not_allowed("GET, HEAD"))
            }
            _ => Ok(ids::unknown_path()),
        }
    }

    /// The room of this id, if it is there for whoever asks.
    fn room(&self, id: &str, asker: Asker, place: Place) -> Result<Value, Response> {
        let id = ids::parse(id)?;
        let state = lock(&self.state);
        let room = state.store.get("rooms", id).ok_or_else(ids::absent)?;
        if !private::is_seen(&state.store, room, asker, place) {
            return Err(private::unseen());
        }
        Ok(private::shown(topic::shown(room.clone())))
    }

    fn rooms(&self, request: &Request, asker: Asker) -> Answer {
        let mut query = Query::new(request, &["page", "per_page"]);
        let page = query.page();
        query.finish()?;
        let state = lock(&self.state);
        let store = &state.store;
        let is_listed = |room: &&Value| private::is_listed(store, room, asker);
        let rows = store.rows("rooms").filter(is_listed).cloned();
        let mut rows: Vec<Value> = rows.map(topic::listed).map(private::shown).collect();
        let by = if fault("rooms-by-creation") { "created_at" } else { "name" };
        list::sort(&mut rows, fault("rooms-downwards"), list::by_text(by));
        let whole = rows.len();
        let mut answer = page.answer(rows, whole);
        if let (Body::Json(list), true) = (&mut answer.body, fault("private-counted")) {
            list["total"] = json!(store.rows("rooms").count());
        }
        Ok(answer)
    }

    fn create(&self, request: &Request, asker: Asker) -> Answer {
        let object = body::object(request)?;
        let mut form = Form::new(&object, &["name"]);
        let name = form.take("room.name", Absent::Refused);
        let private = private::chosen(&mut form, asker)?;
        let owner = private.then_some(asker);
        form.finish()?;
        if fault("room-race") {
            let free = lock(&self.state)
                .store
                .find("rooms", "name", name.as_str().unwrap_or_default())
                .is_none();
            sleep(Duration::from_millis(50));
            if free {
                return Ok(open(&mut lock(&self.state).store, &name, owner));
            }
        }
        let mut state = lock(&self.state);
        let same = |room: &&Value| room["name"] == name && private::is_in_the_way(room, private);
        let there = state.store.rows("rooms").find(same).cloned();
        match there {
            Some(room) if fault("taken-room-given") => {
                let location = format!("/api/rooms/{}", room["id"]);
                return Ok(Response::created(room, location));
            }
            Some(_) if fault("taken-room-422") => {
                let message = vec!["is taken".to_owned()];
                return Err(invalid(Errors::from([("name".to_owned(), message)])));
            }
            Some(_) if fault("taken-room-500") => {
                return Err(problem(500, "UNIQUE constraint failed."));
            }
            Some(_) if !fault("taken-room-doubled") => {
                return Err(problem(409, "There is a room of this name."));
            }
            _ => {}
        }
        Ok(open(&mut state.store, &name, owner))
    }

    fn history(&self, request: &Request, room: &Value) -> Answer {
        let mut query = Query::new(request, &["before", "limit", "q"]);
        let text = if learner::has("find") { query.text("q") } else { None };
        let before = query.number("before", 1, i64::MAX.cast_unsigned());
        let limit = query.number("limit", 1, 100);
        query.finish()?;
        if fault("q-quote-500") && text.as_deref().is_some_and(|text| text.contains('\'')) {
            return Err(problem(500, "Unrecognised token."));
        }
        let limit = limit.unwrap_or(if fault("limit-default") { 20 } else { 50 });
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let before_id = before;
        let before = before.unwrap_or(u64::MAX);
        let state = lock(&self.state);
        if let (Some(id), true) = (before_id, fault("before-must-exist")) {
            state.store.get("messages", id).ok_or_else(ids::absent)?;
        }
        let older = |row: &&Value| {
            let id = row["id"].as_u64().unwrap_or_default();
            id < before
                || fault("before-inclusive") && id == before
                || fault("find-without-before") && text.is_some()
        };
        let of_room = |row: &&Value| {
            row["room_id"] == room["id"]
                || fault("history-of-all-rooms")
                || fault("find-in-all-rooms") && text.is_some()
        };
        let members: &[&str] =
            if fault("find-in-authors") { &["text", "author"] } else { &["text"] };
        let matches =
            |row: &Value| text.as_ref().is_none_or(|text| list::holds(row, members, text));
        let mut rows: Vec<Value> =
            state.store.rows("messages").rev().filter(of_room).filter(older).cloned().collect();
        if fault("history-from-start") {
            rows.reverse();
        }
        let all = rows.len();
        if fault("find-in-one-page") {
            rows.truncate(limit);
        }
        rows.retain(matches);
        let more = if fault("find-has-more-of-all") { all > limit } else { rows.len() > limit };
        rows.truncate(limit);
        let reversed = fault("find-newest-first") && text.is_some();
        if !reversed && !fault("history-newest-first") && !fault("history-from-start") {
            rows.reverse();
        }
        let more = match () {
            () if fault("has-more-never") => false,
            () if fault("has-more-always") => true,
            () if fault("has-more-when-full") => rows.len() == limit,
            () => more,
        };
        if fault("history-bare") {
            return Ok(Response::json(200, json!(rows)));
        }
        Ok(Response::json(200, json!({"items": rows, "has_more": more})))
    }

    fn live(&self, request: &Request, id: &str) -> Answer {
        let holds = |name: &str, word: &str| {
            request.header(name).is_some_and(|value| value.to_ascii_lowercase().contains(word))
        };
        let upgrade = holds("upgrade", "websocket") && holds("connection", "upgrade");
        if !upgrade && fault("live-only-426") {
            return Err(upgrade_required());
        }
        let user = accounts::joining(&self.state, request, upgrade)?;
        let asker = user.as_ref().map(|user| user.id);
        let place = if upgrade { Place::Upgrade } else { Place::Live };
        let room = match self.room(id, asker, place) {
            Err(_) if upgrade && fault("joins-unknown-room") => json!({"id": 0}),
            room => room?,
        };
        let sent = match &user {
            Some(user) => user.name.as_str(),
            None => request.query("name").unwrap_or_default(),
        };
        let name = match form::checked(fields::get("member.name"), sent) {
            Ok(_) if fault("names-with-blanks") => sent.to_owned(),
            Ok(name) => name,
            Err(_) if upgrade && fault("joins-by-any-name") => sent.to_owned(),
            Err(message) => {
                return Err(invalid(Errors::from([("name".to_owned(), vec![message])])));
            }
        };
        let after = resume::after(request)?;
        let room = room["id"].as_u64().unwrap_or_default();
        let mut state = lock(&self.state);
        // Whoever was removed since the first look.
        let seen = |room: &Value| private::is_seen(&state.store, room, asker, place);
        if !state.store.get("rooms", room).is_none_or(seen) {
            return Err(private::unseen());
        }
        let refused = match &user {
            None if accounts::is_reserved(&state.store, &name) => Some(Refused::Taken),
            Some(_) if fault("user-twice") => None,
            _ => state.hub.refusal(room, &name),
        };
        if !upgrade {
            return Err(match refused {
                Some(Refused::Away) => away(),
                Some(_) if !fault("live-without-409") => taken(),
                _ if fault("live-200") => Response::json(200, json!({})),
                _ if fault("live-400") => problem(400, "This address is a WebSocket."),
                _ => upgrade_required(),
            });
        }
        if request.header("sec-websocket-version") != Some("13") {
            return Err(upgrade_required());
        }
        let key = request.header("sec-websocket-key");
        let key = key.ok_or_else(|| problem(400, "The handshake has no key."))?;
        let full = fault("twenty-members") && state.hub.count() >= 20;
        match refused {
            Some(Refused::Away) => return Err(away()),
            Some(Refused::Taken) if !fault("joins-under-taken-name") => return Err(taken()),
            _ if full => return Err(problem(503, "The chat is full.")),
            _ => {}
        }
        let mut resumed = resume::missed(&state.store, room, after);
        if fault("resume-seam-loses") && after.is_some() {
            drop(state);
            sleep(SEAM);
            state = lock(&self.state);
        }
        let opened = user.map(Opened::from);
        let member = state.hub.join(room, &name, opened, resume::resumed_field(resumed.as_ref()));
        if fault("resume-seam-doubles") && after.is_some() {
            drop(state);
            sleep(SEAM);
            state = lock(&self.state);
            resumed = resume::missed(&state.store, room, after);
        }
        resume::send(&mut state, room, &member.1, resumed);
        if fault("newcomer-hears-history") {
            for message in state.store.rows("messages").filter(|row| row["room_id"] == room) {
                let mut event = message.clone();
                event["type"] = json!("message");
                member.1.push(frame(event));
            }
        }
        drop(state);
        Ok(socket::accept(&self.state, member, key))
    }
}

/// Opens a room; a private one has an owner.
fn open(store: &mut Store, name: &Value, owner: Option<Asker>) -> Response {
    let id = store.next_id("rooms");
    let mut room = json!({"id": id, "name": name, "created_at": clock::now()});
    topic::begin(&mut room);
    if let Some(owner) = owner {
        private::open(store, &mut room, owner);
    }
    if fault("room-lacks-time") {
        room.as_object_mut().map(|room| room.remove("created_at"));
    }
    store.put("rooms", id, &room);
    store.commit();
    Response::created(private::shown(topic::shown(room)), format!("/api/rooms/{id}"))
}

fn taken() -> Response {
    if fault("taken-name-422") {
        return invalid(Errors::from([("name".to_owned(), vec!["is in use".to_owned()])]));
    }
    problem(409, "Somebody in the room has this name.")
}

fn away() -> Response {
    problem(503, "The broker does not answer.")
}

fn upgrade_required() -> Response {
    let answer = problem(426, "This address is a WebSocket.");
    if fault("live-without-upgrade") {
        return answer;
    }
    answer.with("Upgrade", "websocket").with("Sec-WebSocket-Version", "13")
}
