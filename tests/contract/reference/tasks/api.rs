//! tasks: a task API.

use super::accounts::{listed, task_of};
use super::conditional;
use super::estimate;
use super::graphql;
use super::jobs;
use super::live;
use super::order::sorted;
use super::roles;
use super::stats;
use crate::reference::clock;
use crate::reference::faults::{fault, param};
use crate::reference::fields::{PRIORITY, STATUS};
use crate::reference::form::{Absent, Form};
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::list::{self, Query};
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::server::Project;
use crate::reference::store::{self, Store};
use crate::reference::token_accounts;
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

const FIELDS: &[&str] = &["title", "description", "status", "priority", "due", "estimate"];
const PARAMETERS: &[&str] = &["status", "priority", "q", "sort", "order", "page", "per_page"];
const SORTS: &[&str] = &["created_at", "due", "priority", "title", "estimate"];

pub struct Tasks {
    pub(super) store: Arc<Mutex<Store>>,
    /// Whether the milestone of that name is met.
    pub(super) accounts: bool,
}

impl Project for Tasks {
    fn answer(&self, request: &Request) -> Response {
        let path = request.segments();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        if let Some(done) = graphql::http::answer(self, request) {
            return done.unwrap_or_else(|refusal| refusal);
        }
        if self.accounts
            && let Some(done) = roles::answer(&self.store, request, &path)
                .or_else(|| token_accounts::answer(&self.store, request, &path))
        {
            return done.unwrap_or_else(|refusal| refusal);
        }
        let who = match path.as_slice() {
            ["api", "exports", ..] if fault("exports-without-token") => Ok(Value::Null),
            ["api", "tasks" | "exports", ..] if self.accounts => {
                token_accounts::asker(&self.store, request)
            }
            _ => Ok(Value::Null),
        };
        let who = match who {
            Ok(who) => who,
            Err(refusal) => return token_accounts::before_token(request, &path).unwrap_or(refusal),
        };
        if let Some(done) = jobs::answer(&self.store, request, &path, &who) {
            return done.unwrap_or_else(|refusal| refusal);
        }
        let done = match (path.as_slice(), request.method.as_str()) {
            (["api", "tasks"], "GET" | "HEAD") => self.list(request, &who),
            (["api", "tasks"], "POST") => self.create(request, &who),
            (["api", "tasks"], _) => Ok(method_not_allowed("GET, HEAD, POST")),
            (["api", "tasks", word], method) if stats::takes(word, method) => {
                Ok(stats::answer(&self.lock(), request, &who))
            }
            (["api", "tasks", word], method) if live::takes(word, method) => {
                live::stream(&self.store, request, &who)
            }
            (["api", "tasks", id], method) => {
                ids::parse(id).and_then(|id| self.task(request, id, method, &who))
            }
            _ => Ok(ids::unknown_path()),
        };
        done.unwrap_or_else(|refusal| refusal)
    }

    fn part(&self) {
        jobs::part();
        live::part();
    }

    fn close(&self) {
        self.lock().close();
    }
}

pub type Answer = Result<Response, Response>;
/// What is left of refused fields, for the fault that stores it, and the refusal.
type Refused = Box<(Value, Response)>;

impl Tasks {
    pub fn new(mut store: Store, accounts: bool) -> Self {
        estimate::begin(&mut store);
        stats::begin(&store);
        roles::begin(&mut store);
        live::begin(&mut store);
        let store = Arc::new(Mutex::new(store));
        jobs::begin(&store);
        Self { store, accounts }
    }

    fn lock(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    fn task(&self, request: &Request, id: u64, method: &str, who: &Value) -> Answer {
        match method {
            "GET" | "HEAD" => {
                let there = task_of(&self.lock(), id, who, true);
                let task = there.map_err(|refusal| conditional::absent(request, refusal))?;
                Ok(conditional::read(request, answered(task)))
            }
            "PATCH" => self.change(request, id, who),
            "PUT" => self.replace(request, id, who),
            "DELETE" => self.delete(request, id, who),
            _ => Ok(method_not_allowed("GET, HEAD, PATCH, PUT, DELETE")),
        }
    }

    fn create(&self, request: &Request, who: &Value) -> Answer {
        let object = body::object(request)?;
        let fields = match read(&object, None) {
            Ok(fields) => fields,
            Err(refused) => {
                let (fields, refusal) = *refused;
                if fault("invalid-stored") {
                    self.store(fields, &Map::new(), who);
                }
                return Err(refusal);
            }
        };
        let task = self.store(fields, &object, who);
        let location = format!("/api/tasks/{}", task["id"]);
        let answer = Response::created(without_owner(task), location);
        Ok(conditional::changed(request, answer))
    }

    fn store(&self, mut task: Value, sent: &Map<String, Value>, who: &Value) -> Value {
        let mut store = self.lock();
        let id = store.next_id("tasks");
        let now = clock::now();
        task["id"] = json!(id);
        task["created_at"] = json!(now);
        task["updated_at"] = json!(now);
        task["owner"] = roles::owner(&store, who);
        if let (Some(owner), true) = (sent.get("owner_id"), fault("owner-from-body")) {
            task["owner"] = owner.clone();
        }
        if fault("server-fields-taken") {
            for name in ["created_at", "updated_at"].iter().filter(|name| sent.contains_key(**name))
            {
                task[*name] = sent[*name].clone();
            }
        }
        store.put("tasks", id, &task);
        live::note(&mut store, "created", &task);
        store.commit();
        task
    }

    fn change(&self, request: &Request, id: u64, who: &Value) -> Answer {
        let there = task_of(&self.lock(), id, who, false);
        there.map_err(|refusal| conditional::absent(request, refusal))?;
        let object = body::object(request)?;
        let before = task_of(&self.lock(), id, who, false)?;
        conditional::early(request, &without_owner(before.clone()))?;
        if fault("change-in-pieces") {
            let changed = read(&object, Some(&before)).map_err(|refused| refused.1)?;
            return Ok(answered(store::in_pieces(&self.store, "tasks", &changed, &object)));
        }
        if fault("lost-update") {
            // Others change it meanwhile, and their change is written over.
            sleep(Duration::from_millis(40));
            let previous = if fault("patch-replaces") { None } else { Some(&before) };
            let changed = read(&object, previous).map_err(|refused| refused.1)?;
            return Ok(answered(written(&mut self.lock(), &before, changed)));
        }
        if object.is_empty() && fault("empty-change-422") {
            return Err(problem(422, "There is nothing to change."));
        }
        let mut store = self.lock();
        let before = task_of(&store, id, who, false)?;
        allowed(request, &before)?;
        let previous = if fault("patch-replaces") { None } else { Some(&before) };
        let changed = match read(&object, previous) {
            Ok(fields) => fields,
            Err(refused) => {
                let (fields, refusal) = *refused;
                live::note_refused(&mut store, &before);
                if fault("invalid-stored") {
                    written(&mut store, &before, fields);
                }
                if fault("patch-unchecked") {
                    return Ok(answered(before));
                }
                return Err(refusal);
            }
        };
        let after = written(&mut store, &before, changed);
        let shown = if fault("change-answers-old") { before } else { after };
        Ok(conditional::changed(request, answered(shown)))
    }

    fn replace(&self, request: &Request, id: u64, who: &Value) -> Answer {
        let there = task_of(&self.lock(), id, who, false);
        if let (Err(refusal), false) = (there, fault("put-creates")) {
            return Err(refusal);
        }
        let object = body::object(request)?;
        let mut store = self.lock();
        let before = match task_of(&store, id, who, false) {
            Ok(task) => Some(task),
            Err(_) if fault("put-creates") => None,
            Err(refusal) => return Err(refusal),
        };
        before.as_ref().map_or(Ok(()), |task| allowed(request, task))?;
        let previous = before.as_ref().filter(|_| fault("put-merges"));
        let fields = match (read(&object, previous), &before) {
            (Ok(fields), _) => fields,
            (Err(_), Some(before)) if fault("put-unchecked") => {
                return Ok(answered(before.clone()));
            }
            (Err(refused), _) => return Err(refused.1),
        };
        let now = clock::now();
        let before =
            before.unwrap_or_else(|| json!({"id": id, "created_at": now, "updated_at": now}));
        let answer = answered(written(&mut store, &before, fields));
        Ok(conditional::changed(request, answer))
    }

    fn delete(&self, request: &Request, id: u64, who: &Value) -> Answer {
        let mut store = self.lock();
        if let Err(refusal) = task_of(&store, id, who, false) {
            let again = fault("deleted-again-204") && store.get("tasks", id).is_none();
            return if again { Ok(Response::empty(204)) } else { Err(refusal) };
        }
        let task = task_of(&store, id, who, false)?;
        allowed(request, &task)?;
        if !fault("delete-keeps") {
            live::note(&mut store, "deleted", &task);
            store.remove("tasks", id);
            if fault("neighbour-deleted") && store.get("tasks", id - 1).is_some() {
                store.remove("tasks", id - 1);
            }
            store.commit();
        }
        Ok(Response::empty(204))
    }

    fn list(&self, request: &Request, who: &Value) -> Answer {
        let mut query = Query::new(request, PARAMETERS);
        let page = query.page();
        let status = query.choice("status", STATUS);
        let priority = query.choice("priority", PRIORITY);
        let text = query.text("q");
        let sort = query.choice("sort", learner::offered("estimate", SORTS));
        let order = query.choice("order", &["asc", "desc"]);
        query.finish()?;
        if fault("q-quote-500") && text.as_deref().is_some_and(|text| text.contains('\'')) {
            return Err(problem(500, "Unrecognised token."));
        }
        let store = self.lock();
        let mut rows: Vec<Value> = store.rows("tasks").cloned().collect();
        let everybodys = rows.len();
        rows.retain(|task| listed(&store, task, who));
        let count = rows.len();
        let is = |task: &Value, name: &str, value: &Option<String>| {
            value.as_ref().is_none_or(|word| task[name] == **word)
        };
        rows.retain(|task| {
            let (has_status, has_priority) =
                (is(task, "status", &status), is(task, "priority", &priority));
            let either = fault("filters-either") && status.is_some() && priority.is_some();
            let holds_text =
                text.as_ref().is_none_or(|text| list::holds(task, &["title", "description"], text));
            (has_status && has_priority || either && (has_status || has_priority)) && holds_text
                || list::passes_filters(task, "description", text.as_deref())
        });
        sorted(&mut rows, sort.as_deref(), order.as_deref());
        let rows: Vec<Value> = rows.into_iter().map(without_owner).collect();
        let rows = estimate::listed(rows);
        let mut answer = page.answer(rows, count);
        if let (Body::Json(value), true) = (&mut answer.body, fault("private-counted")) {
            value["total"] = json!(everybodys);
        }
        Ok(answer)
    }
}

pub fn lock(store: &Mutex<Store>) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A task as it is answered.
fn without_owner(mut task: Value) -> Value {
    task.as_object_mut().map(|task| task.remove("owner"));
    task
}

/// Whether the conditions of a request let it change this task.
fn allowed(request: &Request, task: &Value) -> Result<(), Response> {
    conditional::allowed(request, &without_owner(task.clone()))
}

fn answered(task: Value) -> Response {
    Response::json(200, without_owner(task))
}

/// The fields of a task from the sent object; a missing field has its previous value, or its default.
fn read(object: &Map<String, Value>, previous: Option<&Value>) -> Result<Value, Refused> {
    let mut form = Form::new(object, learner::offered("estimate", FIELDS));
    let mut task = previous.cloned().unwrap_or_else(|| json!({}));
    for name in learner::offered("estimate", FIELDS) {
        let absent = match (previous, *name) {
            (Some(previous), _) => Absent::Becomes(previous[*name].clone()),
            (None, "title") => Absent::Refused,
            (None, _) => Absent::Becomes(default(name)),
        };
        task[*name] = form.take(&format!("task.{name}"), absent);
    }
    estimate::distort(&mut task, object, previous);
    if let (Some(previous), Some(Value::Null), true) =
        (previous, object.get("due"), fault("null-due-ignored"))
    {
        task["due"] = previous["due"].clone();
    }
    let broken: Vec<String> = form.errors.keys().cloned().collect();
    form.finish().map(|()| task.clone()).map_err(|refusal| {
        for name in broken {
            task[&name] =
                previous.map_or_else(|| default(&name), |previous| previous[&name].clone());
        }
        Box::new((task, refusal))
    })
}

fn default(name: &str) -> Value {
    if param("default-wrong") == Some(name) {
        return match name {
            "status" => json!("doing"),
            "priority" => json!("low"),
            "due" => json!("2030-01-01"),
            _ => Value::Null,
        };
    }
    match name {
        "status" => json!("todo"),
        "priority" => json!("normal"),
        "estimate" if fault("estimate-default-zero") => json!(0),
        "due" | "estimate" => Value::Null,
        _ => json!(""),
    }
}

fn written(store: &mut Store, before: &Value, mut task: Value) -> Value {
    let id = before["id"].as_u64().unwrap_or_default();
    for name in ["id", "created_at", "updated_at", "owner"] {
        task[name] = before[name].clone();
    }
    if fault("owner-lost-by-change") {
        task["owner"] = Value::Null;
    }
    let now = clock::now();
    estimate::carry_over(&mut task, before);
    let unseen = fault("estimate-change-unseen") && task["estimate"] != before["estimate"];
    if task != *before && !fault("updated-at-stays") && !unseen {
        task["updated_at"] = json!(now);
    }
    if fault("created-at-moves") {
        task["created_at"] = json!(now);
    }
    if fault("change-not-stored") {
        return task;
    }
    neighbour_changed(store, "tasks", id);
    store.put("tasks", id, &task);
    live::note_change(store, before, &task);
    store.commit();
    task
}

/// A change meets the resource before it too, under a fault.
pub fn neighbour_changed(store: &mut Store, table: &'static str, id: u64) {
    if let (Some(row), true) = (store.get(table, id - 1), fault("neighbour-changed")) {
        let mut row = row.clone();
        row["title"] = json!("Changed");
        store.put(table, id - 1, &row);
    }
}
