//! shop, milestone `events`: an outbox, which is written with the order, and a worker that delivers it.

use super::api::lock;
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::server::setting;
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

/// So often the worker looks for events that are due.
const LOOK: Duration = Duration::from_millis(10);
/// An attempt ends after so long.
const TIMEOUT: Duration = Duration::from_secs(5);
/// An attempt within the purchase, and one that ends early, for the faults that have them.
const PURCHASE_TIMEOUT: Duration = Duration::from_millis(3_300);
const EARLY_TIMEOUT: Duration = Duration::from_secs(2);
const LONGEST: u64 = 60;
/// The time between an order and its event, for the faults that have one.
const PAUSE: Duration = Duration::from_millis(800);

static STOPPING: AtomicBool = AtomicBool::new(false);

/// How an event stands: what is not here is due at once.
struct Attempt {
    failures: u32,
    /// When it is due; none while it is under way.
    due: Option<Instant>,
}

static ATTEMPTS: Mutex<BTreeMap<u64, Attempt>> = Mutex::new(BTreeMap::new());

fn url() -> String {
    if learner::has("events") { setting("EVENTS_URL", "") } else { String::new() }
}

/// Writes the event of an order, for the same commit.
pub fn placed(store: &mut Store, order: &Value) {
    if url().is_empty() || fault("events-never") {
        return;
    }
    let mut event = json!({
        "id": ids::random(), "type": "order.placed", "created_at": clock::now(),
        "data": {
            "id": order["id"], "number": order["number"], "currency": order["currency"],
            "total_cents": order["total_cents"],
        },
    });
    if fault("event-with-buyer") {
        event["data"]["email"] = order["email"].clone();
    }
    if fault("event-without-total") {
        event["data"]["total_cents"] = Value::Null;
    }
    let id = store.next_id("outbox");
    let process = if fault("outbox-in-memory") { std::process::id() } else { 0 };
    store.put("outbox", id, &json!({"id": id, "event": event, "process": process}));
    if fault("event-after-the-order") {
        store.put("outbox", id, &json!({"id": id, "event": event, "process": std::process::id()}));
        STORE.lock().unwrap_or_else(PoisonError::into_inner).push((id, event));
    } else if fault("event-in-the-purchase") {
        deliver(&url(), &event.to_string(), TIMEOUT);
    } else if fault("purchase-waits-a-while") {
        let status = deliver(&url(), &event.to_string(), PURCHASE_TIMEOUT);
        if status.is_some_and(|status| (200..300).contains(&status)) {
            store.remove("outbox", id);
        }
    }
}

/// Events that are stored for good a while after their order, under a fault.
static STORE: Mutex<Vec<(u64, Value)>> = Mutex::new(Vec::new());

/// An order is answered again, or refused.
pub fn no_order(store: &mut Store, is_sent: bool) {
    if is_sent {
        let last = store.rows("orders").next_back().cloned().unwrap_or_default();
        placed(store, &last);
        store.commit();
    }
}

/// Starts the worker, if there is a subscriber.
pub fn begin(store: &Arc<Mutex<Store>>) {
    if url().is_empty() {
        return;
    }
    let store = Arc::clone(store);
    thread::spawn(move || {
        while !STOPPING.load(Ordering::SeqCst) {
            sleep(LOOK);
            store_late(&store);
            work(&store);
        }
    });
}

/// The worker stops; what is under way is sent anew after the next start.
pub fn part() {
    if fault("events-hold-the-stop") {
        sleep(Duration::from_secs(20));
    }
    STOPPING.store(true, Ordering::SeqCst);
}

fn store_late(store: &Mutex<Store>) {
    if !fault("event-after-the-order") {
        return;
    }
    sleep(PAUSE);
    let late = std::mem::take(&mut *STORE.lock().unwrap_or_else(PoisonError::into_inner));
    let mut store = lock(store);
    for (id, event) in late {
        if store.get("outbox", id).is_some() {
            store.put("outbox", id, &json!({"id": id, "event": event, "process": 0}));
        }
    }
    store.commit();
}

/// Begins an attempt for each event that is due.
fn work(store: &Arc<Mutex<Store>>) {
    let rows: Vec<Value> = lock(store).rows("outbox").cloned().collect();
    for row in rows {
        let process = row["process"].as_u64().unwrap_or(0);
        let lost = process != 0 && process != u64::from(std::process::id());
        let id = row["id"].as_u64().unwrap_or_default();
        if !lost && is_due(id) {
            if fault("event-forgotten-when-begun") {
                forget(store, id);
            }
            let store = Arc::clone(store);
            thread::spawn(move || attempt(&store, id, row["event"].clone()));
        } else if fault("events-in-a-row") {
            return;
        }
    }
}

/// Whether an event is due; it is then under way.
fn is_due(id: u64) -> bool {
    let mut attempts = ATTEMPTS.lock().unwrap_or_else(PoisonError::into_inner);
    let now = Instant::now();
    let attempt = attempts.entry(id).or_insert(Attempt { failures: 0, due: Some(now) });
    let due = attempt.due.is_some_and(|due| due <= now);
    if due {
        attempt.due = None;
    }
    due
}

fn attempt(store: &Mutex<Store>, id: u64, mut event: Value) {
    if fault("event-id-of-the-attempt") {
        event["id"] = json!(ids::random());
    }
    let timeout = match fault("event-given-up-early") {
        true => EARLY_TIMEOUT,
        false => TIMEOUT,
    };
    let status = deliver(&url(), &event.to_string(), timeout);
    let taken = match status {
        None => fault("event-tried-once"),
        Some(200..=299) => !fault("event-sent-again"),
        Some(300..=399) if fault("event-redirect-taken") => true,
        Some(400..=499) if fault("event-refused-given-up") => true,
        Some(_) => fault("event-any-answer-taken") || fault("event-tried-once"),
    };
    if taken {
        return forget(store, id);
    }
    let mut attempts = ATTEMPTS.lock().unwrap_or_else(PoisonError::into_inner);
    let attempt = attempts.entry(id).or_insert(Attempt { failures: 0, due: None });
    let first: u64 = setting("EVENTS_RETRY_SECONDS", "1").parse().unwrap_or(1);
    let first = if fault("event-retry-seconds-ignored") { 1 } else { first };
    let grown = match fault("event-retry-steady") {
        true => first,
        false => first.saturating_mul(2_u64.saturating_pow(attempt.failures)).min(LONGEST),
    };
    let wait = match fault("event-retried-at-once") {
        true => LOOK,
        false => Duration::from_secs(grown),
    };
    attempt.failures += 1;
    attempt.due = Some(Instant::now() + wait);
}

fn forget(store: &Mutex<Store>, id: u64) {
    let mut store = lock(store);
    store.remove("outbox", id);
    store.commit();
}

/// The status with which the subscriber answers, if it does within `timeout`.
fn deliver(url: &str, body: &str, timeout: Duration) -> Option<u16> {
    let (host, path) = url.strip_prefix("http://")?.split_once('/')?;
    let path = if fault("event-to-the-root") { "" } else { path };
    let timeout = if fault("event-without-timeout") { Duration::from_secs(600) } else { timeout };
    let exchange = || -> io::Result<String> {
        let address = host.parse().map_err(io::Error::other)?;
        let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
        stream.set_read_timeout(Some(timeout))?;
        let media_type = if fault("event-as-text") { "text/plain" } else { "application/json" };
        let length = body.len();
        write!(
            stream,
            "POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {media_type}\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(String::from_utf8_lossy(&head).into_owned())
    };
    exchange().ok()?.get(9..12)?.parse().ok()
}
