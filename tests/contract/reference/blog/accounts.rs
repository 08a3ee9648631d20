//! blog, milestone `accounts`: sign-up, log-in and log-out by pages and a session cookie.

use super::pages::{WHO, error, escape, layout};
use super::roles;
use crate::reference::accounts::{self, Wrong};
use crate::reference::faults::{fault, param};
use crate::reference::fields;
use crate::reference::form;
use crate::reference::learner;
use crate::reference::protocol::http::{Body, Request, Response, pairs};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::store::Store;
use serde_json::{Map, Value};

const FORTNIGHT: u64 = 14 * 86_400;

type Answer = Result<Response, Response>;

/// The answer, if the address is one of this milestone.
pub fn answer(store: &mut Store, request: &Request, path: &[&str]) -> Option<Answer> {
    let broken = cookie(request).is_some_and(|token| accounts::holder(store, &token).is_none());
    if broken && fault("broken-cookie-500") {
        return Some(Err(problem(500, "The session cannot be read.")));
    }
    let odd = cookie(request).is_some_and(|token| token.starts_with('%') && token != "%00");
    if odd && fault("escapes-in-cookie-500") {
        return Some(Err(problem(500, "The cookie cannot be decoded.")));
    }
    let stranger = path.len() == 3 && path[0] == "posts" && viewer(store, request).is_none();
    if stranger && request.method == "POST" && fault("comment-needs-log-in") {
        return Some(Ok(moved("/login")));
    }
    Some(match (path, request.method.as_str()) {
        (["signup" | "login"], "GET" | "HEAD") => {
            Ok(Response::html(200, page(&request.path, &Typed::default(), &[], None)))
        }
        (["signup"], "POST") => sign_up(store, request),
        (["login"], "POST") => log_in(store, request),
        (["logout"], "POST") => Ok(log_out(store, request)),
        (["logout"], "GET") if fault("log-out-by-get") => Ok(log_out(store, request)),
        (["api", "me"], "GET" | "HEAD") => me(store, request),
        (["signup" | "login"], _) => Ok(method_not_allowed("GET, HEAD, POST")),
        (["logout"], _) => Ok(method_not_allowed("POST")),
        (["api", "me"], _) => Ok(method_not_allowed("GET, HEAD")),
        _ => return None,
    })
}

/// The session's id, as the browser sends it.
fn cookie(request: &Request) -> Option<String> {
    let mut cookies = request.header("cookie")?.split(';').map(str::trim);
    cookies.find_map(|cookie| cookie.strip_prefix("session=")).map(str::to_owned)
}

/// Who is logged in.
pub fn viewer(store: &Store, request: &Request) -> Option<Value> {
    let token = cookie(request)?;
    if fault("people-mixed-up") {
        return store.rows("users").next_back().cloned();
    }
    store.get("users", accounts::holder(store, &token)?).cloned()
}

fn me(store: &Store, request: &Request) -> Answer {
    match viewer(store, request) {
        Some(user) if learner::has("roles") => Ok(Response::json(200, roles::shown(&user))),
        Some(user) => Ok(Response::json(200, accounts::shown(&user, "battery"))),
        None if fault("me-for-nobody") => Ok(Response::json(200, Value::Null)),
        None if fault("me-403") => Err(problem(403, "Log in first.")),
        None => Err(problem(401, "Log in first.")),
    }
}

/// What came with a form.
#[derive(Default)]
struct Typed {
    email: String,
    password: String,
}

fn typed(request: &Request) -> Result<Typed, Response> {
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(error(415));
    }
    let mut typed = Typed::default();
    for (name, value) in pairs(&String::from_utf8_lossy(&request.body)) {
        match name.as_str() {
            "email" => typed.email = value,
            "password" => typed.password = value,
            _ => {}
        }
    }
    Ok(typed)
}

fn sign_up(store: &mut Store, request: &Request) -> Answer {
    let typed = typed(request)?;
    let email = form::checked(fields::get("user.email"), &typed.email);
    let password = form::checked(fields::get("user.password"), &typed.password);
    let mut broken = Vec::new();
    let taken = email.as_ref().is_ok_and(|email| accounts::is_taken(store, email));
    if email.is_err() || taken && !fault("taken-replaces") && !fault("taken-twice") {
        broken.push("email");
    }
    if password.is_err() {
        broken.push("password");
    }
    let (Ok(email), Ok(password), true) = (email, password, broken.is_empty()) else {
        return Ok(again(request, &typed, &broken, None));
    };
    let user = accounts::sign_up(store, &email, &password, &Map::new());
    if fault("sign-up-alone") {
        return Ok(moved("/"));
    }
    Ok(begin(store, request, user["id"].as_u64().unwrap_or_default()))
}

fn log_in(store: &mut Store, request: &Request) -> Answer {
    let typed = typed(request)?;
    match accounts::verify(store, &typed.email, &typed.password) {
        Ok(user) => Ok(begin(store, request, user)),
        Err(wrong) => {
            let names_address = matches!(wrong, Wrong::Address) && fault("unknown-address-told");
            let words = if names_address {
                "This address is unknown."
            } else {
                "Address or password is wrong."
            };
            Ok(again(request, &typed, &[], Some(words)))
        }
    }
}

/// The page again, with what was typed.
fn again(request: &Request, typed: &Typed, broken: &[&str], alert: Option<&str>) -> Response {
    let status = if fault("broken-account-200") { 200 } else { 422 };
    Response::html(status, page(&request.path, typed, broken, alert))
}

/// Logs in: a new session, and none of before in this browser.
fn begin(store: &mut Store, request: &Request, user: u64) -> Response {
    let before = cookie(request);
    let holder = before.as_ref().and_then(|token| accounts::holder(store, token));
    let lifetime = accounts::lifetime(FORTNIGHT);
    let home = request.query("next").filter(|_| fault("leads-anywhere")).unwrap_or("/");
    let home = if fault("log-in-leads-away") { "/login" } else { home };
    if holder == Some(user) && fault("not-rotated") {
        return moved(home);
    }
    if let (Some(before), false) = (before, fault("old-session-lives")) {
        accounts::end(store, &before);
    }
    let (token, _) = accounts::begin(store, user, lifetime);
    let mut cookie = format!("session={token}; Max-Age={}", lifetime.as_secs());
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        let name = part.split('=').next().unwrap_or(part);
        match param("cookie-lacks") {
            Some(lacking) if lacking == name => {}
            _ => cookie += &format!("; {part}"),
        }
    }
    if fault("cookie-of-any-site") {
        cookie = cookie.replace("SameSite=Lax", "SameSite=None");
    }
    if fault("cookie-with-domain") {
        let host = request.header("host").unwrap_or_default();
        cookie += &format!("; Domain={}", host.split(':').next().unwrap_or_default());
    }
    moved(home).with("Set-Cookie", cookie)
}

fn log_out(store: &mut Store, request: &Request) -> Response {
    if let Some(token) = cookie(request) {
        accounts::end(store, &token);
    }
    moved("/").with("Set-Cookie", "session=; Max-Age=0; HttpOnly; SameSite=Lax; Path=/")
}

fn moved(target: &str) -> Response {
    Response::empty(303).with("Location", target)
}

fn page(path: &str, typed: &Typed, broken: &[&str], alert: Option<&str>) -> String {
    let title = if path == "/signup" { "Sign up" } else { "Log in" };
    let alert = alert.filter(|_| !fault("no-alert"));
    let alert = alert.map(|words| format!(r#"<p class="error" role="alert">{words}</p>"#));
    let mark = |name: &str| {
        let all = fault("account-all-marked") && !broken.is_empty();
        let marked = (broken.contains(&name) || all) && !fault("account-not-marked");
        if marked { r#" aria-invalid="true""# } else { "" }
    };
    let message = |name: &str| {
        if broken.contains(&name) {
            format!(r#"<p class="error">This {name} cannot be used.</p>"#)
        } else {
            String::new()
        }
    };
    let address = if fault("typed-address-lost") { "" } else { typed.email.as_str() };
    let secret = if fault("password-shown-again") { typed.password.as_str() } else { "" };
    let password = if fault("password-in-the-clear") { "text" } else { "password" };
    let content = format!(
        r#"<h1>{title}</h1>
{}<form method="post" action="" novalidate>
<p><label for="email">E-mail address</label>
<input id="email" name="email" type="email" value="{}"{}>{}</p>
<p><label for="password">Password</label>
<input id="password" name="password" type="{password}" value="{}"{}>{}</p>
<p><button>{title}</button></p>
</form>"#,
        alert.unwrap_or_default(),
        escape("typed-address", address),
        mark("email"),
        message("email"),
        escape("", secret),
        mark("password"),
        message("password"),
    );
    layout(title, &content)
}

/// Shows on a page who is logged in, and keeps shared caches from it.
pub fn dress(store: &Store, request: &Request, mut answer: Response) -> Response {
    let viewer = viewer(store, request);
    let header = match &viewer {
        _ if fault("who-not-shown") => String::new(),
        _ if fault("who-not-on-errors") && answer.status >= 400 => String::new(),
        Some(user) => {
            let email = escape("who", user["email"].as_str().unwrap_or_default());
            let form = r#"<form method="post" action="/logout"><button>Log out</button></form>"#;
            format!("<span>{email}</span>{}", if fault("no-log-out-form") { "" } else { form })
        }
        None if fault("no-log-in-link") => String::new(),
        None => r#"<a href="/login">Log in</a> <a href="/signup">Sign up</a>"#.to_owned(),
    };
    if let (Body::Bytes(bytes), true) = (&answer.body, answer.media_type.starts_with("text/html")) {
        let page = String::from_utf8_lossy(bytes).replacen(WHO, &header, 1);
        answer.body = Body::Bytes(page.into_bytes());
    }
    if viewer.is_some() && !fault("session-cacheable") {
        return answer.with("Cache-Control", "private, no-store");
    }
    answer
}
