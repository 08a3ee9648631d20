//! The milestone `accounts`: users, passwords and sessions, for tokens and for cookies alike.

use super::clock;
use super::faults::{fault, field_fault};
use super::fields;
use super::ids;
use super::learner;
use super::server::setting;
use super::store::Store;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::time::Duration;

/// What bcrypt looks at.
const CUT: usize = 72;

/// A reference is no place for a slow hash: there is nothing here to steal.
fn hash(salt: &str, secret: &str) -> String {
    let digest = Sha256::digest(format!("{salt}:{secret}"));
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn key_of(email: &str) -> String {
    let is_verbatim = fault("email-case") || field_fault(fields::get("user.email"), "untrimmed");
    if is_verbatim { email.to_owned() } else { email.trim().to_ascii_lowercase() }
}

/// The part of a password that is compared.
fn compared(password: &str) -> String {
    match () {
        () if fault("password-cut") => password.chars().take(CUT).collect(),
        () if fault("password-trimmed") => password.trim().to_owned(),
        () if fault("password-without-case") => password.to_lowercase(),
        () => password.to_owned(),
    }
}

fn by_email<'a>(store: &'a Store, email: &str) -> Option<&'a Value> {
    let key = key_of(email);
    store.find("users", "key", &key)
}

pub fn is_taken(store: &Store, email: &str) -> bool {
    by_email(store, email).is_some()
}

/// The id of the user of this address.
pub fn id_of(store: &Store, email: &str) -> Option<u64> {
    by_email(store, email)?["id"].as_u64()
}

/// Adds a user, whose address is free; or gives somebody else's account away, under a fault.
pub fn sign_up(store: &mut Store, email: &str, password: &str, sent: &Map<String, Value>) -> Value {
    let salt = ids::random();
    let there = by_email(store, email).filter(|_| fault("taken-replaces")).cloned();
    let id = there.and_then(|user| user["id"].as_u64()).unwrap_or_else(|| store.next_id("users"));
    let mut user = json!({
        "id": id,
        "email": email,
        "key": key_of(email),
        "hash": hash(&salt, &compared(password)),
        "salt": salt,
        "created_at": clock::now(),
    });
    if fault("role-from-body") {
        for name in
            ["role", "is_admin", "created_at"].iter().filter(|name| sent.contains_key(**name))
        {
            user[*name] = sent[*name].clone();
        }
    }
    if fault("password-stored") {
        user["secret"] = json!(password);
    }
    if learner::has("roles") {
        let role = sent.get("role").filter(|_| fault("sign-up-as-admin"));
        user["role"] = role.cloned().unwrap_or_else(|| json!("user"));
    }
    if learner::has("admin") {
        let role = sent.get("role").filter(|_| fault("role-by-sign-up"));
        user["role"] = role.cloned().unwrap_or_else(|| json!("customer"));
    }
    store.put("users", id, &user);
    store.commit();
    user
}

/// A user as it is answered.
pub fn shown(user: &Value, password: &str) -> Value {
    let mut shown = user.clone();
    if let Some(map) = shown.as_object_mut() {
        map.retain(|name, _| !matches!(name.as_str(), "key" | "salt" | "hash" | "secret"));
    }
    if fault("password-answered") {
        shown["password"] = json!(password);
    }
    if fault("hash-answered-bare") {
        shown["p"] = user["hash"].clone();
    }
    if fault("hash-answered") {
        shown["password_hash"] = json!(format!("$argon2id${}", user["hash"]));
    }
    shown
}

/// Why a log-in is refused.
pub enum Wrong {
    Address,
    Password,
}

/// The user of this address and password.
///
/// # Errors
/// Which of the two is wrong: for the fault that tells.
pub fn verify(store: &Store, email: &str, password: &str) -> Result<u64, Wrong> {
    let user = by_email(store, email).ok_or(Wrong::Address)?;
    let salt = user["salt"].as_str().unwrap_or_default();
    let good = user["hash"] == hash(salt, &compared(password)) || fault("any-password");
    user["id"].as_u64().filter(|_| good).ok_or(Wrong::Password)
}

/// How long a session lives.
pub fn lifetime(default: u64) -> Duration {
    let seconds = setting("SESSION_SECONDS", "").parse().unwrap_or(default);
    Duration::from_secs(if fault("session-seconds-ignored") { default } else { seconds })
}

/// Begins a session: its token, and when it ends in microseconds.
pub fn begin(store: &mut Store, user: u64, lifetime: Duration) -> (String, i64) {
    if fault("log-in-ends-others") {
        end_where(store, |session| session["user"] == user);
    }
    let token = match () {
        () if fault("same-token") => hash("token", &user.to_string()),
        () if fault("token-of-number-and-time") => {
            format!("{:08}-{}", store.next_id("sessions"), clock::micros())
        }
        () if fault("short-token") => ids::random().chars().take(8).collect(),
        () => ids::random(),
    };
    let ends = clock::micros() + i64::try_from(lifetime.as_micros()).unwrap_or(i64::MAX / 2);
    let id = store.next_id("sessions");
    let mut session = json!({"id": id, "hash": hash("", &token), "user": user, "ends": ends});
    if fault("token-stored") {
        session["token"] = json!(token);
    }
    store.put("sessions", id, &session);
    store.commit();
    (token, ends)
}

fn session<'a>(store: &'a Store, token: &str) -> Option<&'a Value> {
    let token = if fault("token-start-taken") { token.get(..32).unwrap_or(token) } else { token };
    let token = hash("", token);
    let alive = |ends: i64| ends > clock::micros() || fault("session-endless");
    store
        .find("sessions", "hash", &token)
        .filter(|session| session["ends"].as_i64().is_some_and(alive))
}

/// Whose living token this is.
pub fn holder(store: &Store, token: &str) -> Option<u64> {
    if fault("token-is-user-id")
        && let Some(user) = token.parse().ok().and_then(|id| store.get("users", id))
    {
        return user["id"].as_u64();
    }
    if fault("unsigned-token-taken") && token.split('.').count() == 3 {
        return Some(1);
    }
    let user = session(store, token)?["user"].as_u64()?;
    // A session without its user is nobody's.
    store.get("users", user).map(|_| user)
}

/// Ends a session on the server.
pub fn end(store: &mut Store, token: &str) {
    if fault("log-out-of-browser-alone") {
        return;
    }
    let Some(user) = holder(store, token) else { return };
    let token = hash("", token);
    let all = fault("log-out-everywhere");
    end_where(store, |session| session["hash"] == token || all && session["user"] == user);
}

/// Ends all sessions of a user.
pub fn end_all(store: &mut Store, user: u64) {
    end_where(store, |session| session["user"] == user);
}

fn end_where(store: &mut Store, ends: impl Fn(&Value) -> bool) {
    let ended: Vec<u64> = store
        .rows("sessions")
        .filter(|session| ends(session))
        .filter_map(|session| session["id"].as_u64())
        .collect();
    ended.into_iter().for_each(|id| store.remove("sessions", id));
    store.commit();
}
