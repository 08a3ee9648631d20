//! tasks, milestone `roles`: admins see all tasks and users, and say who else is an admin.

use super::api::{Answer, lock};
use crate::reference::accounts;
use crate::reference::faults::fault;
use crate::reference::form::{Absent, Form};
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::list::Query;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::server::setting;
use crate::reference::store::Store;
use crate::reference::token_accounts::{asker, unauthorized};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Roles that no disk has, for the fault that stores none.
static IN_MEMORY: Mutex<BTreeMap<u64, String>> = Mutex::new(BTreeMap::new());
/// Roles that were read once, for the fault that reads no other.
static SEEN: Mutex<BTreeMap<u64, bool>> = Mutex::new(BTreeMap::new());

/// Makes sure that the admin of the environment is there.
pub fn begin(store: &mut Store) {
    let (email, password) = (setting("ADMIN_EMAIL", ""), setting("ADMIN_PASSWORD", ""));
    let half = password.is_empty() && !fault("admin-without-password");
    if !learner::has("roles") || email.is_empty() || half || fault("admin-not-made") {
        return;
    }
    let known = accounts::id_of(store, &email).filter(|_| !fault("admin-made-twice"));
    let id = match known {
        Some(_) if fault("admin-not-promoted") => return,
        Some(id) if fault("admin-password-reset") => {
            store.remove("users", id);
            accounts::sign_up(store, &email, &password, &Map::new())["id"].as_u64().unwrap_or(id)
        }
        Some(id) => id,
        None => {
            let user = accounts::sign_up(store, &email, &password, &Map::new());
            user["id"].as_u64().unwrap_or_default()
        }
    };
    set(store, id, "admin");
}

fn set(store: &mut Store, id: u64, role: &str) {
    if fault("roles-in-memory") {
        let mut roles = IN_MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        roles.insert(id, role.to_owned());
        return;
    }
    let mut user = store.get("users", id).cloned().unwrap_or_default();
    user["role"] = json!(role);
    store.put("users", id, &user);
    store.commit();
}

fn role(store: &Store, id: u64) -> String {
    let roles = IN_MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    let stored = || store.get("users", id)?["role"].as_str().map(str::to_owned);
    roles.get(&id).cloned().or_else(stored).unwrap_or_else(|| "user".to_owned())
}

/// Whether the asker is an admin.
pub fn is_admin(store: &Store, asker: &Value) -> bool {
    let Some(id) = asker.as_u64().filter(|_| learner::has("roles")) else { return false };
    let now = role(store, id) == "admin";
    if !fault("role-cached") {
        return now;
    }
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    *seen.entry(id).or_insert(now)
}

/// Whether a task of somebody else is the asker's to read or to change, too.
pub fn may(store: &Store, task: &Value, asker: &Value, reads: bool) -> bool {
    if asker.is_null() || !learner::has("roles") {
        return false;
    }
    let shared = task["owner"].is_null() && fault("admin-without-shared");
    let open = !shared && (reads || !fault("admin-reads-alone"));
    open && (is_admin(store, asker) || fault("all-tasks-to-all"))
}

/// Whether a list for the asker has a task of somebody else, too.
pub fn lists(store: &Store, task: &Value, asker: &Value) -> bool {
    !fault("admin-lists-own") && may(store, task, asker, true)
}

/// Who owns a task that the asker makes.
pub fn owner(store: &Store, asker: &Value) -> Value {
    let shared = fault("admins-tasks-shared") && is_admin(store, asker);
    if shared { Value::Null } else { asker.clone() }
}

/// The answer, if the address is one of this milestone.
pub fn answer(store: &Mutex<Store>, request: &Request, path: &[&str]) -> Option<Answer> {
    Some(match (path, request.method.as_str()) {
        _ if !learner::has("roles") => return None,
        (["api", "users"], "GET" | "HEAD") => list(store, request),
        (["api", "users"], "POST") => return None,
        (["api", "users"], _) => Ok(method_not_allowed("GET, HEAD, POST")),
        (["api", "users", id], "PATCH") => ids::parse(id).and_then(|id| change(store, request, id)),
        (["api", "users", _], _) => Ok(method_not_allowed("PATCH")),
        _ => return None,
    })
}

/// The admin who asks.
///
/// # Errors
/// 401 for nobody, 403 for everybody else.
fn admin(store: &Mutex<Store>, request: &Request, own: Option<u64>) -> Result<Value, Response> {
    let who = asker(store, request)?;
    let known = !who.is_null() || fault("users-to-nobody");
    if !known {
        return Err(unauthorized());
    }
    let open = match own {
        Some(id) => who == id && fault("self-promotion"),
        None => fault("users-to-all") || who.is_null(),
    };
    if open || is_admin(&lock(store), &who) {
        return Ok(who);
    }
    Err(problem(if fault("forbidden-404") { 404 } else { 403 }, "This is for admins alone."))
}

fn shown(store: &Store, user: &Value) -> Value {
    let mut shown = accounts::shown(user, "");
    shown["role"] = json!(role(store, user["id"].as_u64().unwrap_or_default()));
    if fault("users-without-role") {
        shown.as_object_mut().map(|user| user.remove("role"));
    }
    if fault("users-with-hash") {
        shown["password_hash"] = user["hash"].clone();
    }
    shown
}

fn list(store: &Mutex<Store>, request: &Request) -> Answer {
    let who = match fault("query-before-role") {
        true => None,
        false => Some(admin(store, request, None)?),
    };
    let mut query = Query::new(request, &["page", "per_page"]);
    let page = query.page();
    query.finish()?;
    who.map_or_else(|| admin(store, request, None), Ok)?;
    let store = lock(store);
    let mut users: Vec<Value> = store.rows("users").map(|user| shown(&store, user)).collect();
    if !fault("users-oldest-first") {
        users.reverse();
    }
    let count = users.len();
    if fault("users-unpaged") {
        return Ok(Response::json(
            200,
            json!({"items": users, "page": 1, "per_page": 100, "total": count}),
        ));
    }
    Ok(page.answer(users, count))
}

fn change(store: &Mutex<Store>, request: &Request, id: u64) -> Answer {
    if fault("unknown-before-role") {
        lock(store).get("users", id).ok_or_else(ids::absent)?;
    }
    let who = admin(store, request, Some(id))?;
    let object = body::object(request)?;
    let mut form = Form::new(&object, &["role"]);
    let new_role = form.take("user.role", Absent::Becomes(Value::Null));
    let refused = form.finish();
    let mut store = lock(store);
    let mut user = store.get("users", id).cloned().ok_or_else(ids::absent)?;
    refused?;
    if fault("user-changed-by-body") {
        user["email"] = object.get("email").cloned().unwrap_or_else(|| user["email"].clone());
        store.put("users", id, &user);
    }
    let Some(new_role) = new_role.as_str() else {
        return Ok(Response::json(200, shown(&store, &user)));
    };
    if who == id && new_role != "admin" && !fault("own-role-taken") {
        return Err(problem(409, "Somebody else must take this role from you."));
    }
    let stays = fault("role-not-changed") || fault("never-demoted") && new_role == "user";
    if !stays {
        set(&mut store, id, new_role);
    }
    let user = store.get("users", id).cloned().ok_or_else(ids::absent)?;
    Ok(Response::json(200, shown(&store, &user)))
}
