//! chat, milestone `accounts`: users, their tokens and tickets, and whose name is whose.

use super::api::{Answer, State, lock};
use crate::reference::accounts::{self, lifetime};
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::form::{Absent, Form};
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{Errors, invalid, method_not_allowed, problem};
use crate::reference::server::setting;
use crate::reference::store::Store;
use crate::reference::token_accounts::{bearer, unauthorized};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use tungstenite::protocol::frame::coding::CloseCode;

const DAY: u64 = 86_400;
const TICKET_SECONDS: i64 = 30;
const SECOND: i64 = 1_000_000;

/// Tickets that nobody has used: whose token they stand for, and when they end in microseconds.
static TICKETS: Mutex<BTreeMap<String, (String, i64)>> = Mutex::new(BTreeMap::new());

/// Who joins with a token, or with a ticket of one.
#[derive(Clone)]
pub struct User {
    pub id: u64,
    pub name: String,
    pub token: String,
    by_ticket: bool,
}

/// With what a socket was opened that is not a guest's.
pub struct Opened {
    pub user: u64,
    token: String,
    by_ticket: bool,
}

impl From<User> for Opened {
    fn from(user: User) -> Self {
        Self { user: user.id, token: user.token, by_ticket: user.by_ticket }
    }
}

/// Ends the sockets of tokens that have ended, again and again.
pub fn begin(state: &Arc<Mutex<State>>) {
    if !learner::has("accounts") || fault("socket-outlives-token") {
        return;
    }
    let state = Arc::clone(state);
    let code = if fault("ended-token-1000") { CloseCode::Normal } else { CloseCode::Policy };
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_millis(100));
            let mut state = lock(&state);
            let State { store, hub } = &mut *state;
            hub.end(code, |member| {
                member.opened.as_ref().is_some_and(|opened| has_ended(store, opened))
            });
        }
    });
}

fn has_ended(store: &Store, opened: &Opened) -> bool {
    let spared = opened.by_ticket && fault("socket-of-ticket-outlives-token");
    accounts::holder(store, &opened.token).is_none() && !spared
}

/// The answer, if the address is one of this milestone.
pub fn answer(state: &Mutex<State>, request: &Request, path: &[&str]) -> Option<Answer> {
    Some(match (path, request.method.as_str()) {
        _ if !learner::has("accounts") => return None,
        (["api", "users"], "POST") => sign_up(state, request),
        (["api", "sessions"], "POST") => log_in(state, request),
        (["api", "sessions"], "DELETE") => log_out(state, request),
        (["api", "tickets"], "POST") => ticket(state, request),
        (["api", "users" | "tickets"], _) => Ok(method_not_allowed("POST")),
        (["api", "sessions"], _) => Ok(method_not_allowed("POST, DELETE")),
        _ => return None,
    })
}

fn sign_up(state: &Mutex<State>, request: &Request) -> Answer {
    let object = body::object(request)?;
    let mut form = Form::new(&object, &["name", "password"]);
    let name = form.take("user.name", Absent::Refused);
    let password = form.take("user.password", Absent::Refused);
    form.finish()?;
    let (name, password) =
        (name.as_str().unwrap_or_default(), password.as_str().unwrap_or_default());
    if fault("taken-race") {
        let taken = accounts::is_taken(&lock(state).store, name);
        thread::sleep(Duration::from_millis(50));
        if !taken {
            return Ok(Response::json(201, add(&mut lock(state).store, name, password)));
        }
    }
    let mut state = lock(state);
    let is_taken = accounts::is_taken(&state.store, name);
    if is_taken && !fault("taken-twice") && !fault("taken-replaces") {
        return Err(problem(409, "This name is taken."));
    }
    Ok(Response::json(201, add(&mut state.store, name, password)))
}

fn add(store: &mut Store, name: &str, password: &str) -> Value {
    let user = accounts::sign_up(store, name, password, &Map::new());
    let mut shown = accounts::shown(&user, password);
    shown["name"] = json!(name);
    shown.as_object_mut().map(|shown| shown.remove("email"));
    shown
}

fn log_in(state: &Mutex<State>, request: &Request) -> Answer {
    let object = body::object(request)?;
    let mut errors = Errors::new();
    let mut text = |name: &str| match object.get(name).and_then(Value::as_str) {
        Some(text) => text.to_owned(),
        None => {
            errors.insert(name.to_owned(), vec!["must be a text".to_owned()]);
            String::new()
        }
    };
    let (name, password) = (text("name"), text("password"));
    if !errors.is_empty() {
        return Err(invalid(errors));
    }
    let mut state = lock(state);
    let user = match accounts::verify(&state.store, &name, &password) {
        Ok(user) => user,
        Err(accounts::Wrong::Address) if fault("unknown-address-told") => {
            return Err(problem(401, "Nobody has this name.").with("WWW-Authenticate", "Bearer"));
        }
        Err(_) => return Err(unauthorized()),
    };
    let (token, ends) = accounts::begin(&mut state.store, user, lifetime(DAY));
    let answer = Response::json(201, json!({"token": token, "expires_at": clock::text(ends)}));
    Ok(if fault("log-in-cacheable") { answer } else { answer.with("Cache-Control", "no-store") })
}

fn log_out(state: &Mutex<State>, request: &Request) -> Answer {
    let token = match bearer(request) {
        None if fault("log-out-of-nobody") => return Ok(Response::empty(204)),
        token => token.ok_or_else(unauthorized)?,
    };
    let mut state = lock(state);
    accounts::holder(&state.store, &token).ok_or_else(unauthorized)?;
    accounts::end(&mut state.store, &token);
    Ok(Response::empty(204))
}

fn ticket(state: &Mutex<State>, request: &Request) -> Answer {
    let token = bearer(request).ok_or_else(unauthorized)?;
    accounts::holder(&lock(state).store, &token).ok_or_else(unauthorized)?;
    let seconds = setting("TICKET_SECONDS", "").parse().unwrap_or(TICKET_SECONDS);
    let seconds = if fault("ticket-seconds-ignored") { TICKET_SECONDS } else { seconds };
    let ends = clock::micros() + seconds * SECOND;
    let ticket = match () {
        () if fault("ticket-is-token") => token.clone(),
        () if fault("short-ticket") => ids::random().chars().take(8).collect(),
        () => ids::random(),
    };
    let mut tickets = TICKETS.lock().unwrap_or_else(PoisonError::into_inner);
    tickets.insert(ticket.clone(), (token, ends));
    let answer = json!({"ticket": ticket, "expires_at": clock::text(ends)});
    Ok(Response::json(201, answer).with("Cache-Control", "no-store"))
}

/// The token that a ticket stands for. An upgrade uses the ticket up.
fn token_of(ticket: &str, upgrade: bool) -> Option<String> {
    let mut tickets = TICKETS.lock().unwrap_or_else(PoisonError::into_inner);
    let used = upgrade && !fault("tickets-used-again") || fault("ticket-used-without-upgrade");
    let entry = if used { tickets.remove(ticket) } else { tickets.get(ticket).cloned() };
    entry.filter(|(_, ends)| *ends > clock::micros()).map(|(token, _)| token)
}

/// Who wants to join; nobody without a token and a ticket.
///
/// # Errors
/// 401 for a bad one.
pub fn joining(
    state: &Mutex<State>,
    request: &Request,
    upgrade: bool,
) -> Result<Option<User>, Response> {
    if !learner::has("accounts") {
        return Ok(None);
    }
    let ticket = request.query("ticket");
    let token = match (bearer(request), ticket) {
        (Some(token), _) => Some(token),
        (None, Some(ticket)) => token_of(ticket, upgrade),
        (None, None) => return Ok(None),
    };
    let by_ticket = ticket.is_some() && request.header("authorization").is_none();
    let state = lock(state);
    let known = |token: String| {
        let id = match accounts::holder(&state.store, &token) {
            // The ticket was good when it was given.
            None if by_ticket && fault("ticket-outlives-token") => Some(1),
            id => id,
        }?;
        let name = state.store.get("users", id)?["email"].as_str()?.to_owned();
        let chosen = request.query("name").filter(|_| fault("name-of-the-query"));
        Some(User { id, name: chosen.map_or(name, str::to_owned), token, by_ticket })
    };
    match token.and_then(known) {
        None if fault("bad-token-as-guest") => Ok(None),
        None => Err(unauthorized()),
        user => Ok(user),
    }
}

/// Whether a name is a user's, so that no guest can have it.
pub fn is_reserved(store: &Store, name: &str) -> bool {
    match () {
        () if !learner::has("accounts") || fault("guests-take-users-names") => false,
        () if fault("reserved-with-case") => store.find("users", "email", name).is_some(),
        () => accounts::is_taken(store, name),
    }
}
