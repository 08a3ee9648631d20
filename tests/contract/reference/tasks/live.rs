//! tasks, milestone `live`: each change is stored with an event, and streams send what their client has not seen.

use super::accounts::listed;
use super::api::{Answer, lock};
use crate::reference::accounts;
use crate::reference::faults::{fault, param};
use crate::reference::learner;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::protocol::problem::problem;
use crate::reference::server::setting;
use crate::reference::store::Store;
use crate::reference::token_accounts::bearer;
use crate::reference::vacuous;
use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

const STORED: usize = 1000;
/// So often a stream looks for events.
const LOOK: Duration = Duration::from_millis(5);

static STOPPING: AtomicBool = AtomicBool::new(false);
static OPEN: AtomicUsize = AtomicUsize::new(0);
/// The number of the newest stream, for the fault that sends to that one alone.
static NEWEST: AtomicU64 = AtomicU64::new(0);

/// Forgets all events, under a fault.
pub fn begin(store: &mut Store) {
    if fault("events-forgotten") {
        (1..=last(store)).for_each(|id| store.remove("events", id));
    }
}

/// The streams end, since the server does.
pub fn part() {
    while fault("streams-hold-the-stop") && OPEN.load(Ordering::SeqCst) > 0 {
        sleep(LOOK);
    }
    STOPPING.store(true, Ordering::SeqCst);
}

/// Whether a request of this method for `/api/tasks/WORD` is one for a stream.
pub fn takes(word: &str, method: &str) -> bool {
    learner::has("live") && word == "events" && method == "GET"
}

/// Stores the event of a change, to be written with it.
pub fn note(store: &mut Store, event: &str, task: &Value) {
    if !learner::has("live") || param("event-unsent") == Some(event) {
        return;
    }
    let mut task = task.clone();
    let owner = task.as_object_mut().and_then(|task| task.remove("owner"));
    let data = match event {
        "deleted" if fault("deleted-says-nothing") => json!({}),
        "deleted" => json!({"id": task["id"]}),
        "changed" if fault("changed-says-id") => json!({"id": task["id"]}),
        _ => task,
    };
    if fault("events-of-deleted-removed") && event == "deleted" {
        let of_task = |row: &&Value| row["data"]["id"] == data["id"];
        let ids = store.rows("events").filter(of_task).filter_map(|row| row["id"].as_u64());
        ids.collect::<Vec<u64>>().into_iter().for_each(|id| store.remove("events", id));
    }
    let times = if fault("event-stored-twice") { 2 } else { 1 };
    for _ in 0..times {
        let id = store.next_id("events");
        let row = json!({"id": id, "event": event, "data": data, "owner": owner});
        store.put("events", id, &row);
    }
}

/// Stores the event of a change of a task, under the faults that have a part in it.
pub fn note_change(store: &mut Store, before: &Value, after: &Value) {
    if before != after {
        note(store, "changed", if fault("changed-says-old") { before } else { after });
    }
}

/// A change that was refused has an event, under a fault.
pub fn note_refused(store: &mut Store, task: &Value) {
    if fault("refused-change-sent") {
        note(store, "changed", task);
        store.commit();
    }
}

fn last(store: &Store) -> u64 {
    store.rows("events").next_back().and_then(|event| event["id"].as_u64()).unwrap_or_default()
}

/// The events after this one, oldest first.
fn after(store: &Store, seen: u64) -> Vec<Value> {
    let newer = |event: &&Value| event["id"].as_u64().is_some_and(|id| id > seen);
    let mut events: Vec<Value> = store.rows("events").rev().take_while(newer).cloned().collect();
    events.reverse();
    events
}

/// Where a stream begins: behind this event, and whether its client has to read the list anew.
fn beginning(store: &Store, request: &Request) -> Result<(u64, bool), Response> {
    let newest = last(store);
    let sent = request.header("last-event-id").filter(|_| !fault("last-event-id-ignored"));
    let Some(sent) = sent else {
        return Ok((if fault("history-first") { 0 } else { newest }, false));
    };
    let stored = if fault("kept-ignored") {
        usize::MAX
    } else {
        setting("EVENTS_KEPT", "").parse().unwrap_or(STORED)
    };
    let stored = if fault("kept-early") { stored.saturating_sub(1) } else { stored };
    match sent.parse::<u64>() {
        Ok(seen) if seen > 0 && seen <= newest && after(store, seen).len() <= stored => {
            Ok((if fault("resumed-with-last") { seen - 1 } else { seen }, false))
        }
        Ok(seen) if fault("unknown-id-waited-for") && seen > newest => Ok((seen, false)),
        _ if fault("unknown-id-400") => Err(problem(400, "No event has this id.")),
        _ => Ok((newest, !fault("reset-unsent"))),
    }
}

/// A stream, if the request can have one.
pub fn stream(store: &Arc<Mutex<Store>>, request: &Request, who: &Value) -> Answer {
    let (seen, reset) = beginning(&lock(store), request)?;
    while fault("few-streams") && OPEN.load(Ordering::SeqCst) >= 40 {
        sleep(LOOK);
    }
    if fault("head-with-first-event") {
        let begin = Instant::now();
        while last(&lock(store)) == seen && begin.elapsed() < Duration::from_secs(20) {
            sleep(LOOK);
        }
    }
    let media_type =
        if fault("stream-as-text") { "text/plain; charset=utf-8" } else { "text/event-stream" };
    let mut answer = Response::new(200, media_type, Body::Empty);
    if !fault("stream-cacheable") {
        answer = answer.with("Cache-Control", "no-store");
    }
    let resumed = request.header("last-event-id").is_some() && !reset;
    let number = NEWEST.fetch_add(1, Ordering::SeqCst) + 1;
    let newest = last(&lock(store));
    let token = bearer(request).filter(|_| !who.is_null());
    let (store, who) = (Arc::clone(store), who.clone());
    let stream = Stream { store, seen, newest, number, sent: 0, who, token };
    answer.switch = Some(Box::new(move |out, _| {
        OPEN.fetch_add(1, Ordering::SeqCst);
        // A client that is gone ends it.
        let _ = stream.run(out, reset, resumed);
        OPEN.fetch_sub(1, Ordering::SeqCst);
    }));
    Ok(answer)
}

struct Stream {
    store: Arc<Mutex<Store>>,
    /// The last event that the client has.
    seen: u64,
    /// The last event there was when it began.
    newest: u64,
    number: u64,
    sent: u64,
    /// Who listens, and with which token.
    who: Value,
    token: Option<String>,
}

impl Stream {
    fn run(mut self, mut out: TcpStream, reset: bool, resumed: bool) -> std::io::Result<()> {
        if reset {
            let id = if fault("reset-without-id") { Value::Null } else { json!(self.seen) };
            self.send(&mut out, &json!({"id": id, "event": "reset", "data": {}}))?;
        }
        if resumed {
            self.resume(&mut out)?;
        }
        out.set_read_timeout(Some(LOOK))?;
        while !STOPPING.load(Ordering::SeqCst) {
            // Waits, unless the client is gone.
            if matches!(out.peek(&mut [0]), Ok(0)) {
                return Ok(());
            }
            if fault("newest-stream-alone") && NEWEST.load(Ordering::SeqCst) != self.number {
                continue;
            }
            if self.token_has_ended() && !fault("stream-outlives-token") {
                return Ok(());
            }
            let events = after(&lock(&self.store), self.seen);
            for event in events {
                self.send(&mut out, &event)?;
            }
        }
        Ok(())
    }

    /// What the client has missed, with what a fault makes of it.
    fn resume(&mut self, out: &mut TcpStream) -> std::io::Result<()> {
        let mut missed = after(&lock(&self.store), self.seen);
        if fault("live-before-missed") {
            sleep(Duration::from_millis(100));
            self.seen = self.newest;
            let events = after(&lock(&self.store), self.newest);
            for event in events {
                self.send(out, &event)?;
            }
        }
        if fault("seam-doubled") {
            sleep(Duration::from_millis(100));
            missed = after(&lock(&self.store), self.seen);
        }
        if fault("missed-newest-first") {
            missed.reverse();
        }
        for mut event in missed {
            if fault("missed-as-now") {
                let id = event["data"]["id"].as_u64().unwrap_or_default();
                let now = lock(&self.store).get("tasks", id).cloned();
                event["data"] = now.unwrap_or(json!({"id": id}));
            }
            self.send(out, &event)?;
        }
        if fault("seam-lost") {
            sleep(Duration::from_millis(100));
            self.seen = last(&lock(&self.store));
        }
        if fault("seam-doubled") {
            self.seen = self.newest;
        }
        Ok(())
    }

    fn token_has_ended(&self) -> bool {
        let token = self.token.as_ref();
        token.is_some_and(|token| accounts::holder(&lock(&self.store), token).is_none())
    }

    /// Whether the client may know of this event, which has its task's owner.
    fn is_open(&self, event: &Value) -> bool {
        let kind = event["event"].as_str().unwrap_or_default();
        kind == "reset"
            || param("private-sent") == Some(kind)
            || listed(&lock(&self.store), event, &self.who)
    }

    fn send(&mut self, out: &mut TcpStream, event: &Value) -> std::io::Result<()> {
        self.seen = self.seen.max(event["id"].as_u64().unwrap_or_default());
        if !self.is_open(event) {
            return Ok(());
        }
        self.sent += 1;
        let mut shown = event.clone();
        if fault("ids-of-the-stream") {
            shown["id"] = json!(self.sent);
        }
        vacuous::empty(&mut shown);
        let mut data = shown["data"].to_string();
        if fault("data-in-lines") {
            data = data.replace("\\n", "\n");
        }
        let mut text = String::new();
        if !fault("event-without-name") {
            text.push_str(&format!("event: {}\n", plain(&shown["event"])));
        }
        if !fault("event-without-id") && !event["id"].is_null() {
            text.push_str(&format!("id: {}\n", plain(&shown["id"])));
        }
        out.write_all(format!("{text}data: {data}\n\n").as_bytes())
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
