//! Users with tokens, for the milestones `accounts` of tasks, shop and chat: signing up, logging in and out, and who asks.

use super::accounts::{self, Wrong};
use super::clock;
use super::faults::fault;
use super::form::{Absent, Form};
use super::ids;
use super::protocol::body;
use super::protocol::http::{Request, Response};
use super::protocol::problem::{Errors, invalid, method_not_allowed, problem};
use super::store::Store;
use super::tasks::api::{Answer, lock};
use super::tasks::limits;
use serde_json::{Value, json};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::Duration;

const DAY: u64 = 86_400;

/// The answer, if the address is one of this milestone.
pub fn answer(store: &Mutex<Store>, request: &Request, path: &[&str]) -> Option<Answer> {
    Some(match (path, request.method.as_str()) {
        (["api", "users"], "POST") => sign_up(store, request),
        (["api", "sessions"], "POST") => log_in(store, request),
        (["api", "sessions"], "DELETE") => log_out(store, request),
        (["api", "users"], _) => Ok(method_not_allowed("POST")),
        (["api", "sessions"], _) => Ok(method_not_allowed("POST, DELETE")),
        _ => return None,
    })
}

pub fn unauthorized() -> Response {
    let status = if fault("refusal-403") { 403 } else { 401 };
    let answer = problem(status, "Log in first, and send the token.");
    if fault("no-challenge") { answer } else { answer.with("WWW-Authenticate", "Bearer") }
}

/// What is answered to a bad token by faults that look at it late.
pub fn before_token(request: &Request, path: &[&str]) -> Option<Response> {
    let writes = matches!(request.method.as_str(), "POST" | "PATCH" | "PUT");
    match () {
        () if fault("path-before-token") && path.len() > 3 => Some(ids::unknown_path()),
        () if fault("method-before-token") && path.len() == 2 && request.method == "PUT" => {
            Some(method_not_allowed("GET, HEAD, POST"))
        }
        () if fault("body-before-token") && writes => body::object(request).err(),
        () => None,
    }
}

/// The token that a request bears; an empty one if the header bears none.
pub fn bearer(request: &Request) -> Option<String> {
    if fault("token-in-address")
        && let Some(token) = request.query("token").or_else(|| request.query("access_token"))
    {
        return Some(token.to_owned());
    }
    if fault("token-in-cookie")
        && let Some(cookie) = request.header("cookie")
    {
        let token = cookie.split("token=").nth(1).and_then(|rest| rest.split(';').next());
        return token.map(str::to_owned);
    }
    let header = request.header("authorization")?;
    if header.is_empty() && fault("empty-header-as-nobody") {
        return None;
    }
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    let bearer = if fault("scheme-with-case") {
        scheme == "Bearer"
    } else {
        scheme.eq_ignore_ascii_case("bearer") || fault("any-scheme-taken")
    };
    if fault("other-scheme-as-nobody") && !bearer {
        return None;
    }
    Some(if bearer { token.trim().to_owned() } else { String::new() })
}

/// Who asks: null for nobody, else a user's id.
///
/// # Errors
/// 401 for a header that bears no living token.
pub fn asker(store: &Mutex<Store>, request: &Request) -> Result<Value, Response> {
    let Some(token) = bearer(request) else {
        return if fault("shared-board-closed") { Err(unauthorized()) } else { Ok(Value::Null) };
    };
    match accounts::holder(&lock(store), &token) {
        Some(user) => Ok(json!(user)),
        None if fault("bad-token-as-nobody") => Ok(Value::Null),
        None => Err(unauthorized()),
    }
}

fn sign_up(store: &Mutex<Store>, request: &Request) -> Answer {
    limits::sign_up()?;
    let object = body::object(request)?;
    let mut form = Form::new(&object, &["email", "password"]);
    let email = form.take("user.email", Absent::Refused);
    let password = form.take("user.password", Absent::Refused);
    let refused = form.finish();
    if let (Err(_), true) = (&refused, fault("invalid-stored")) {
        let sent = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
        accounts::sign_up(&mut lock(store), sent("email"), sent("password"), &object);
    }
    refused?;
    let (email, password) =
        (email.as_str().unwrap_or_default(), password.as_str().unwrap_or_default());
    if fault("taken-race") {
        let taken = accounts::is_taken(&lock(store), email);
        sleep(Duration::from_millis(50));
        if !taken {
            let user = accounts::sign_up(&mut lock(store), email, password, &object);
            return Ok(Response::json(201, accounts::shown(&user, password)));
        }
    }
    let mut store = lock(store);
    if accounts::is_taken(&store, email) && !fault("taken-replaces") && !fault("taken-twice") {
        if fault("taken-422") {
            let message = vec!["is taken".to_owned()];
            return Err(invalid(Errors::from([("email".to_owned(), message)])));
        }
        return Err(problem(409, "This address is taken."));
    }
    let user = accounts::sign_up(&mut store, email, password, &object);
    Ok(Response::json(201, accounts::shown(&user, password)))
}

fn log_in(store: &Mutex<Store>, request: &Request) -> Answer {
    let object = body::object(request)?;
    let mut errors = Errors::new();
    let mut text = |name: &str| {
        let sent = object.get(name);
        if let Some(text) = sent.and_then(Value::as_str) {
            return text.to_owned();
        }
        if fault("log-in-takes-any-type") && sent.is_some() {
            return sent.map(Value::to_string).unwrap_or_default();
        }
        errors.insert(name.to_owned(), vec!["must be a text".to_owned()]);
        String::new()
    };
    let (email, password) = (text("email"), text("password"));
    if !errors.is_empty() {
        limits::refused(request, &email);
        return Err(invalid(errors));
    }
    let checked = accounts::verify(&lock(store), &email, &password);
    let entered = limits::enter(request, &email, !matches!(checked, Err(Wrong::Address)));
    let mut store = lock(store);
    if let Err(refusal) = entered {
        if let Some(user) = accounts::id_of(&store, &email).filter(|_| fault("limit-ends-tokens")) {
            accounts::end_all(&mut store, user);
        }
        if checked.is_err() || !fault("right-password-let-in") {
            return Err(refusal);
        }
    }
    let user = match checked {
        Ok(user) => user,
        Err(Wrong::Address) if fault("unknown-address-told") => {
            return Err(problem(401, "There is no such user.").with("WWW-Authenticate", "Bearer"));
        }
        Err(Wrong::Address) if fault("unknown-address-404") => return Err(ids::absent()),
        Err(_) => return Err(unauthorized()),
    };
    limits::succeeded(request, &email);
    let (token, ends) = accounts::begin(&mut store, user, accounts::lifetime(DAY));
    let ends = if fault("expires-at-past") { 0 } else { ends };
    let mut value = json!({"token": token, "expires_at": clock::text(ends)});
    if fault("expires-at-missing") {
        value = json!({"token": token});
    }
    let answer = Response::json(if fault("log-in-200") { 200 } else { 201 }, value);
    if fault("log-in-cacheable") {
        return Ok(answer);
    }
    Ok(answer.with("Cache-Control", "no-store"))
}

fn log_out(store: &Mutex<Store>, request: &Request) -> Answer {
    if asker(store, request)?.is_null() && !fault("log-out-of-nobody") {
        return Err(unauthorized());
    }
    accounts::end(&mut lock(store), &bearer(request).unwrap_or_default());
    Ok(Response::empty(204))
}
