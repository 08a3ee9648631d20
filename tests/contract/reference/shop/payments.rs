//! shop, milestone `payments`: a signed event says that an order is paid.

use super::api::{Answer, lock};
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{Errors, invalid, method_not_allowed, problem};
use crate::reference::server::setting;
use crate::reference::store::Store;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

/// How far the time of signing may be from the clock, in seconds.
const TOLERANCE: i64 = 300;
const SECOND: i64 = 1_000_000;

/// The events since the start, for the fault that stores none.
static HANDLED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// The answer, if the address is this milestone's.
pub fn answer(store: &Mutex<Store>, request: &Request, path: &[&str]) -> Option<Answer> {
    if path != ["api", "webhooks", "payments"] || !learner::has("payments") {
        return None;
    }
    if request.method != "POST" {
        return Some(Ok(method_not_allowed("POST")));
    }
    Some(signed(request).and_then(|()| receive(store, request)))
}

/// An order as it is answered.
pub fn shown(order: &mut Value) {
    if learner::has("payments") && order["paid_at"].is_null() && !fault("paid-at-missing") {
        order["paid_at"] = Value::Null;
    }
}

fn hmac(secret: &str, message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(message);
    let bytes = mac.finalize().into_bytes();
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// # Errors
/// 400 for a request that the payment service did not sign, 503 without a secret.
fn signed(request: &Request) -> Result<(), Response> {
    let secret = setting("PAYMENTS_SECRET", "");
    if secret.is_empty() && !fault("empty-secret-taken") {
        return Err(problem(503, "There is no secret to check payments with."));
    }
    let refusal = || problem(400, "The payment service has not signed this.");
    let Some(header) = request.header("payment-signature") else {
        return if fault("unsigned-taken") { Ok(()) } else { Err(refusal()) };
    };
    let pairs = || header.split(',').filter_map(|pair| pair.split_once('='));
    let time = pairs().find(|(name, _)| *name == "t").map_or("", |(_, time)| time);
    let seconds = time.parse::<i64>().ok().ok_or_else(refusal)?;
    let distance = clock::micros() / SECOND - seconds;
    let late = match () {
        () if fault("old-events-taken") => distance < -TOLERANCE,
        () if fault("early-events-taken") => distance > TOLERANCE,
        () if fault("events-of-a-minute") => distance.abs() > 60,
        () => distance.abs() > TOLERANCE,
    };
    let body = match serde_json::from_slice::<Value>(&request.body) {
        Ok(value) if fault("signature-of-rewritten-json") => value.to_string().into_bytes(),
        _ if fault("signature-of-trimmed-body") => request.body.trim_ascii().to_vec(),
        _ => request.body.clone(),
    };
    let mut message = format!("{time}.").into_bytes();
    message.extend(&body);
    let right = hmac(&secret, &message);
    let good = |one: &str| {
        one == right
            || fault("empty-key-taken") && one == hmac("", &message)
            || fault("signature-without-time") && one == hmac(&secret, &body)
            || fault("signature-by-its-beginning") && right.starts_with(one)
            || fault("any-signature-taken")
    };
    let taken = |name: &str| name == "v1" || fault("any-version-taken") && name != "t";
    let mut signatures = pairs().filter(|(name, _)| taken(name)).map(|(_, value)| value);
    let right = match () {
        () if fault("first-signature-alone") => signatures.next().is_some_and(good),
        () => signatures.any(good),
    };
    if right && !late { Ok(()) } else { Err(refusal()) }
}

fn receive(store: &Mutex<Store>, request: &Request) -> Answer {
    let object = body::object(request)?;
    let event = Event::read(&object)?;
    let known = event.is_known(&lock(store));
    if fault("event-race") {
        sleep(Duration::from_millis(50));
    }
    let mut store = lock(store);
    let known = if fault("event-race") { known } else { event.is_known(&store) };
    if known {
        return Ok(if fault("event-again-409") {
            problem(409, "This event was handled before.")
        } else {
            Response::empty(204)
        });
    }
    if event.kind != "payment.succeeded" && !fault("any-event-pays") {
        return if fault("other-events-refused") {
            Err(problem(422, "This type of event is not known."))
        } else {
            Ok(Response::empty(204))
        };
    }
    let answer = pay(&mut store, &event);
    if answer.is_ok() || fault("refusal-uses-event") {
        event.remember(&mut store);
    }
    answer
}

struct Event {
    id: String,
    kind: String,
    order: String,
    amount: Value,
    currency: String,
}

impl Event {
    fn read(object: &Map<String, Value>) -> Result<Self, Response> {
        let mut errors = Errors::new();
        let mut text = |name: &str| {
            let sent = object.get(name).and_then(Value::as_str).unwrap_or_default();
            if sent.is_empty() && !fault("events-unchecked") {
                errors.insert(name.to_owned(), vec!["must be a text".to_owned()]);
            }
            sent.to_owned()
        };
        let (id, kind) = (text("id"), text("type"));
        let (order, currency) = (text("order"), text("currency"));
        let amount = object.get("amount_cents").cloned().unwrap_or_default();
        if !amount.is_u64() {
            errors.insert("amount_cents".to_owned(), vec!["must be an integer".to_owned()]);
        }
        if errors.is_empty() {
            Ok(Self { id, kind, order, amount, currency })
        } else {
            Err(invalid(errors))
        }
    }

    fn is_known(&self, store: &Store) -> bool {
        let known = match fault("events-in-memory") {
            true => HANDLED.lock().unwrap_or_else(PoisonError::into_inner).contains(&self.id),
            false => store.find("events", "event", &self.id).is_some(),
        };
        known && !fault("events-forgotten")
    }

    fn remember(&self, store: &mut Store) {
        HANDLED.lock().unwrap_or_else(PoisonError::into_inner).insert(self.id.clone());
        let id = store.next_id("events");
        store.put("events", id, &json!({"event": self.id}));
        store.commit();
    }
}

fn pay(store: &mut Store, event: &Event) -> Answer {
    let refused = |name: &str, message: &str| {
        invalid(Errors::from([(name.to_owned(), vec![message.to_owned()])]))
    };
    let Some((row, order)) = store.row_of("orders", "id", &event.order) else {
        return if fault("unknown-order-204") {
            Ok(Response::empty(204))
        } else {
            Err(refused("order", "is not known"))
        };
    };
    let mut order = order.clone();
    if order["total_cents"] != event.amount && !fault("any-amount-pays") {
        return Err(refused("amount_cents", "is not the order's total"));
    }
    if order["currency"] != event.currency && !fault("any-currency-pays") {
        return Err(refused("currency", "is not the order's"));
    }
    if order["status"] == "paid" && !fault("paid-twice-taken") {
        return Err(problem(409, "This order is paid."));
    }
    if !fault("event-does-nothing") {
        order["status"] = json!("paid");
        order["paid_at"] = json!(clock::now());
    }
    if fault("paid-order-renumbered") {
        order["number"] = json!("PAID-1");
    }
    store.put("orders", row, &order);
    Ok(Response::empty(204))
}
