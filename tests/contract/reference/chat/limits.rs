//! chat, milestone `limits`: whoever sends too fast is refused for a while.

use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::server::setting;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

const BURST: f64 = 1_500.0;
const PER_SECOND: f64 = 50.0;
const REFUSED: usize = 100;

/// What a member may still send, and how many messages were refused in a row.
#[derive(Clone, Copy)]
struct Allowance {
    left: f64,
    /// When that was, in microseconds.
    at: i64,
    refused: usize,
}

static ALLOWANCES: Mutex<BTreeMap<(u64, String), Allowance>> = Mutex::new(BTreeMap::new());

/// What becomes of a message that is too many.
pub struct TooMany {
    pub error: Value,
    /// The connection ends.
    pub last: bool,
}

fn number<T: std::str::FromStr>(name: &str, default: T) -> T {
    setting(name, "").parse().unwrap_or(default)
}

fn key(room: u64, name: &str) -> (u64, String) {
    match () {
        () if fault("flood-count-of-room") => (room, String::new()),
        () if fault("flood-count-of-name") => (0, name.to_owned()),
        () => (room, name.to_owned()),
    }
}

fn burst() -> f64 {
    let default = if fault("burst-of-ten") { 10.0 } else { BURST };
    let burst = if fault("burst-ignored") { BURST } else { number("MESSAGE_BURST", default) };
    match () {
        () if fault("flood-limit-early") => burst - 1.0,
        () if fault("flood-limit-late") => burst + 1.0,
        () => burst,
    }
}

/// Counts a message of a member.
///
/// # Errors
/// It is too many.
pub fn enter(room: u64, name: &str) -> Result<(), TooMany> {
    if !learner::has("limits") || fault("flood-unlimited") {
        return Ok(());
    }
    let (burst, per_second) = (burst(), number("MESSAGES_PER_SECOND", PER_SECOND));
    let now = clock::micros();
    let mut all = ALLOWANCES.lock().unwrap_or_else(PoisonError::into_inner);
    let fresh = Allowance { left: burst, at: now, refused: 0 };
    let allowance = all.entry(key(room, name)).or_insert(fresh);
    let seconds = Duration::from_micros((now - allowance.at).unsigned_abs());
    if !fault("flood-for-ever") {
        allowance.left += seconds.as_secs_f64() * per_second;
    }
    if !fault("allowance-without-end") {
        allowance.left = allowance.left.min(burst);
    }
    allowance.at = now;
    if allowance.left >= 1.0 {
        allowance.left -= 1.0;
        if !fault("refusals-add-up") {
            allowance.refused = 0;
        }
        return Ok(());
    }
    allowance.refused += 1;
    let most = number("MESSAGES_REFUSED", REFUSED);
    let last = allowance.refused > most && !fault("flood-never-ends");
    Err(TooMany {
        error: error(((1.0 - allowance.left) / per_second).ceil()),
        last: last || fault("flood-ends-at-once"),
    })
}

fn error(seconds: f64) -> Value {
    let mut error = json!({"type": "error", "detail": "You send too fast."});
    if !fault("flood-without-retry-after") {
        let zero = fault("flood-retry-after-zero");
        error["retry_after"] = if zero {
            json!(0)
        } else {
            json!(Duration::from_secs_f64(seconds.max(1.0)).as_secs())
        };
    }
    error
}

/// A member has left.
pub fn left(room: u64, name: &str) {
    if fault("flood-forgotten") {
        let mut all = ALLOWANCES.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&key(room, name));
    }
}
