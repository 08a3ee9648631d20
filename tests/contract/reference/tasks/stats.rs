//! tasks, milestone `stats`: how many tasks there are, by status, and how many are overdue.

use super::accounts::listed;
use crate::reference::clock;
use crate::reference::faults::{fault, param};
use crate::reference::learner;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// How many tasks there were at the start, for the fault that counts from there.
static AT_START: OnceLock<usize> = OnceLock::new();
/// An answer that was given before, for the fault that gives it again.
static COPY: Mutex<Option<(Instant, Value)>> = Mutex::new(None);

pub fn begin(store: &Store) {
    let _ = AT_START.set(store.rows("tasks").count());
}

/// Whether a request of this method for `/api/tasks/WORD` is one for the statistics.
pub fn takes(word: &str, method: &str) -> bool {
    let reads = matches!(method, "GET" | "HEAD");
    let here = word == "stats" || reads && fault("stats-shadows-ids");
    learner::has("stats") && here && (reads || fault("stats-any-method"))
}

pub fn answer(store: &Store, request: &Request, who: &Value) -> Response {
    let mut copy = COPY.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((at, value)) = copy.as_ref().filter(|_| fault("stats-stale"))
        && at.elapsed() < Duration::from_secs(1)
    {
        return Response::json(200, value.clone());
    }
    let filter = request.query("status").filter(|_| fault("stats-filtered"));
    let value = counted(store, who, filter);
    *copy = Some((Instant::now(), value.clone()));
    Response::json(200, value)
}

fn counted(store: &Store, who: &Value, filter: Option<&str>) -> Value {
    let most = if fault("stats-of-a-page") { 20 } else { usize::MAX };
    let matching = |task: &&Value| filter.is_none_or(|status| task["status"] == status);
    let all = store.rows("tasks").rev().filter(|task| listed(store, task, who)).filter(matching);
    let tasks: Vec<&Value> = all.take(most).collect();
    let today = clock::now().get(..10).unwrap_or_default().to_owned();
    let overdue = tasks.iter().filter(|task| is_overdue(task, &today)).count();
    let mut by_status = json!({});
    for status in ["todo", "doing", "done"] {
        let count = tasks.iter().filter(|task| task["status"] == status).count();
        if count > 0 || !fault("stats-without-zeros") {
            by_status[status] = json!(count);
        }
    }
    if let (Some(name), Some(map)) = (param("stats-lacks"), by_status.as_object_mut()) {
        map.remove(name);
    }
    let total = match () {
        () if fault("stats-total-of-open") => {
            tasks.iter().filter(|task| task["status"] != "done").count()
        }
        () if fault("stats-from-start") => {
            tasks.len().saturating_sub(AT_START.get().copied().unwrap_or_default())
        }
        () => tasks.len(),
    };
    let total = if fault("stats-as-text") { json!(total.to_string()) } else { json!(total) };
    json!({"total": total, "by_status": by_status, "overdue": overdue})
}

fn is_overdue(task: &Value, today: &str) -> bool {
    let open = task["status"] != "done" || fault("overdue-when-done");
    let open = open && (task["status"] != "doing" || !fault("overdue-todo-alone"));
    let Some(due) = task["due"].as_str() else { return fault("overdue-without-day") };
    open && (due < today || due == today && fault("overdue-today") || fault("overdue-with-any-day"))
}
