//! tasks, milestone `limits`: so many wrong passwords for an account, and no more for a while.

use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::problem;
use crate::reference::server::setting;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

const ATTEMPTS: usize = 10;
const WINDOW: i64 = 900;
const SECOND: i64 = 1_000_000;

/// The tries of an account, and when the first one came, in microseconds.
#[derive(Default, Clone, Copy)]
struct Tries {
    count: usize,
    since: i64,
}

static TRIES: Mutex<BTreeMap<String, Tries>> = Mutex::new(BTreeMap::new());

fn tries() -> MutexGuard<'static, BTreeMap<String, Tries>> {
    TRIES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn number<T: std::str::FromStr>(name: &str, default: T) -> T {
    setting(name, "").parse().unwrap_or(default)
}

/// What tries are counted by.
fn key(request: &Request, email: &str) -> String {
    let forwarded = request.header("x-forwarded-for").filter(|_| fault("limit-by-forwarded"));
    match forwarded {
        Some(client) => format!("{client} {email}"),
        None if fault("limit-for-all") => String::new(),
        None if fault("limit-by-spelling") => email.to_owned(),
        None => email.trim().to_ascii_lowercase(),
    }
}

/// Counts a try to log in, before its password is compared. `known` says whether there is such a user.
///
/// # Errors
/// 429, if there were too many.
pub fn enter(request: &Request, email: &str, known: bool) -> Result<(), Response> {
    let off = !known && fault("limit-of-known");
    if off || !learner::has("limits") || fault("never-limited") {
        return Ok(());
    }
    let limit =
        if fault("attempts-ignored") { ATTEMPTS } else { number("LOGIN_ATTEMPTS", ATTEMPTS) };
    let limit = match () {
        () if fault("limit-early") => limit - 1,
        () if fault("limit-late") => limit + 1,
        () => limit,
    };
    let window =
        if fault("window-ignored") { WINDOW } else { number("LOGIN_WINDOW_SECONDS", WINDOW) };
    let (key, now) = (key(request, email), clock::micros());
    if fault("limit-race") {
        let before = tries().get(&key).copied().unwrap_or_default();
        sleep(Duration::from_millis(50));
        if before.count < limit {
            count(&key, now);
            return Ok(());
        }
    }
    let mut all = tries();
    let account = all.entry(key).or_default();
    let ends = account.since + window * SECOND;
    if account.count == 0 || now >= ends {
        *account = Tries { count: 0, since: now };
    } else if account.count >= limit {
        if fault("limit-prolonged") {
            account.since = now;
        }
        return Err(refusal((ends - now + SECOND - 1) / SECOND));
    }
    account.count += 1;
    Ok(())
}

fn count(key: &str, now: i64) {
    let mut all = tries();
    let account = all.entry(key.to_owned()).or_insert(Tries { count: 0, since: now });
    account.count += 1;
}

fn refusal(seconds: i64) -> Response {
    let status = if fault("limit-503") { 503 } else { 429 };
    let answer = problem(status, "Too many tries to log in. Try again later.");
    match () {
        () if fault("no-retry-after") => answer,
        () if fault("retry-after-zero") => answer.with("Retry-After", "0"),
        () if fault("retry-after-a-day") => answer.with("Retry-After", "86400"),
        () => answer.with("Retry-After", seconds.to_string()),
    }
}

/// Forgets the tries of an account that has logged in.
pub fn succeeded(request: &Request, email: &str) {
    let key = key(request, email);
    match () {
        () if fault("success-counts") => {}
        () if fault("success-keeps-count") => {
            if let Some(account) = tries().get_mut(&key) {
                account.count = account.count.saturating_sub(1);
            }
        }
        () => drop(tries().remove(&key)),
    }
}

/// Counts a body that is refused, under a fault.
pub fn refused(request: &Request, email: &str) {
    if fault("broken-bodies-count") {
        count(&key(request, email), clock::micros());
    }
}

/// # Errors
/// 429 to whoever signs up while anybody is limited, under a fault.
pub fn sign_up() -> Result<(), Response> {
    let limited = || tries().values().any(|account| account.count >= ATTEMPTS);
    if fault("limit-of-sign-ups") && limited() { Err(refusal(1)) } else { Ok(()) }
}
