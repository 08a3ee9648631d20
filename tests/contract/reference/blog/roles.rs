//! blog, milestone `roles`: authors write, editors publish, and say who else is an editor.

use super::accounts::viewer;
use crate::reference::accounts;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::list::Query;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{invalid, problem};
use crate::reference::server::setting;
use crate::reference::store::Store;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

type Answer = Result<Response, Response>;
/// Roles that were read once, for the fault that reads no other.
static SEEN: Mutex<BTreeMap<u64, bool>> = Mutex::new(BTreeMap::new());

/// Makes sure that the editor of the environment is there.
pub fn begin(store: &mut Store) {
    let (email, password) = (setting("EDITOR_EMAIL", ""), setting("EDITOR_PASSWORD", ""));
    if !learner::has("roles") || email.is_empty() || password.is_empty() {
        return;
    }
    let id = match accounts::id_of(store, &email) {
        Some(_) if fault("editor-not-promoted") => return,
        Some(id) => id,
        None => id_of(&accounts::sign_up(store, &email, &password, &Map::new())),
    };
    set(store, id, "editor");
}

fn id_of(row: &Value) -> u64 {
    row["id"].as_u64().unwrap_or_default()
}

fn set(store: &mut Store, id: u64, role: &str) {
    let mut user = store.get("users", id).cloned().unwrap_or_default();
    user["role"] = json!(role);
    store.put("users", id, &user);
    if !fault("editors-in-memory") {
        store.commit();
    }
}

fn role(user: &Value) -> &str {
    user["role"].as_str().filter(|role| *role != "user").unwrap_or("author")
}

fn is_editor(user: &Value) -> bool {
    let now = role(user) == "editor";
    if !fault("editor-cached") {
        return now;
    }
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    *seen.entry(id_of(user)).or_insert(now)
}

/// A user as it is shown.
pub fn shown(user: &Value) -> Value {
    let mut shown = json!({"id": user["id"], "email": user["email"], "role": role(user)});
    if fault("users-show-hash") {
        shown["hash"] = user["hash"].clone();
    }
    shown
}

/// Notes who writes a post.
pub fn sign(store: &Store, request: &Request, post: &mut Value, sent: &Map<String, Value>) {
    if !learner::has("roles") {
        return;
    }
    let who = viewer(store, request).map_or(Value::Null, |user| user["id"].clone());
    post["author_id"] = match sent.get("author_id") {
        Some(sent) if fault("author-by-body") => sent.clone(),
        _ if fault("author-unknown") => Value::Null,
        _ => who,
    };
}

/// The answer, if the address is one of this milestone, or the refusal.
pub fn answer(store: &mut Store, request: &Request, path: &[&str]) -> Option<Answer> {
    if !learner::has("roles") {
        return None;
    }
    match (path, request.method.as_str()) {
        (["api", "users"], "GET" | "HEAD") => Some(list(store, request)),
        (["api", "users", id], "PATCH") => {
            Some(ids::parse(id).and_then(|id| change(store, request, id)))
        }
        (["api", "posts", ..], _) if setting("ROLES", "") == "true" => {
            allowed(store, request, path).err().map(Err)
        }
        _ => None,
    }
}

/// Whether a request about posts may be answered.
fn allowed(store: &Store, request: &Request, path: &[&str]) -> Result<(), Response> {
    let who = viewer(store, request);
    let reads = matches!(request.method.as_str(), "GET" | "HEAD");
    let is_comment = path.len() == 4;
    if !reads && !is_comment && who.is_none() && !fault("nobody-writes") {
        return Err(problem(401, "Log in first."));
    }
    if who.as_ref().is_some_and(is_editor) {
        return Ok(());
    }
    let post = match path.get(2) {
        None => None,
        // Whether it is there is said after 401.
        Some(slug) => Some(store.find("posts", "slug", slug).ok_or_else(ids::absent)?),
    };
    let forbidden = || Err(problem(403, "This is for editors alone."));
    let wants_published =
        serde_json::from_slice::<Value>(&request.body).is_ok_and(|body| body["published"] == true);
    if let Some(post) = post {
        let is_own = who.as_ref().is_some_and(|user| user["id"] == post["author_id"]);
        let is_draft = post["published"] == false;
        let shown = reads && fault("drafts-for-all");
        let hidden = is_draft && !is_own && !shown;
        if hidden && fault("drafts-403") {
            return forbidden();
        }
        if hidden && !fault("drafts-of-others-open") {
            return Err(ids::absent());
        }
        if reads || is_comment {
            return Ok(());
        }
        let open = is_draft && (!fault("withdrawn-closed") || post["published_at"].is_null())
            || is_own && fault("published-open-to-author")
            || request.method == "DELETE" && is_own && fault("published-deleted-by-author")
            || !is_own && fault("published-of-others-open");
        if !open {
            return forbidden();
        }
    }
    let by_patch = path.len() == 3;
    let let_through =
        by_patch && fault("authors-publish-later") || !by_patch && fault("authors-publish-at-once");
    if wants_published && !is_comment && !reads && !let_through {
        return forbidden();
    }
    Ok(())
}

/// The editor who asks.
fn editor(store: &Store, request: &Request, own: Option<u64>) -> Result<u64, Response> {
    let Some(who) = viewer(store, request) else {
        return match fault("users-shown-to-nobody") {
            true => Ok(0),
            false => Err(problem(401, "Log in first.")),
        };
    };
    let open = own == Some(id_of(&who)) && fault("authors-promote-themselves");
    if is_editor(&who) || open || fault("authors-read-users") && own.is_none() {
        return Ok(id_of(&who));
    }
    Err(problem(403, "This is for editors alone."))
}

fn list(store: &Store, request: &Request) -> Answer {
    editor(store, request, None)?;
    let mut query = Query::new(request, &["page", "per_page"]);
    let page = query.page();
    query.finish()?;
    let mut users: Vec<Value> = store.rows("users").map(shown).collect();
    if !fault("editors-oldest-first") {
        users.reverse();
    }
    let count = users.len();
    Ok(page.answer(users, count))
}

fn change(store: &mut Store, request: &Request, id: u64) -> Answer {
    if fault("unknown-before-editor") && store.get("users", id).is_none() {
        return Err(ids::absent());
    }
    let who = editor(store, request, Some(id))?;
    let user = store.get("users", id).cloned().ok_or_else(ids::absent)?;
    let object = body::object(request)?;
    let role = match object.get("role") {
        None => role(&user).to_owned(),
        Some(Value::String(role)) if role == "author" || role == "editor" => role.clone(),
        Some(Value::String(role)) if fault("any-role") => role.clone(),
        Some(_) => {
            return Err(invalid(
                [("role".to_owned(), vec!["It is author or editor.".to_owned()])].into(),
            ));
        }
    };
    if who == id && role != "editor" && !fault("last-editor-resigns") {
        return Err(problem(409, "Another editor must take this role from you."));
    }
    set(store, id, &role);
    Ok(Response::json(200, shown(store.get("users", id).unwrap_or(&Value::Null))))
}
