//! tasks, milestone `estimate`: what its faults do to tasks, and the order by it.

use crate::reference::faults::fault;
use crate::reference::store::Store;
use serde_json::{Map, Value, json};
use std::cmp::Ordering;

/// What two faults make of what an earlier start stored.
pub fn begin(store: &mut Store) {
    let lost = fault("estimate-lost-at-restart");
    if !lost && !fault("estimate-zero-after-restart") {
        return;
    }
    for mut task in store.rows("tasks").cloned().collect::<Vec<_>>() {
        if lost {
            task["estimate"] = Value::Null;
        } else if task["estimate"].is_null() {
            task["estimate"] = json!(0);
        }
        store.put("tasks", task["id"].as_u64().unwrap_or_default(), &task);
    }
    store.commit();
}

/// What faults make of a task as it was read; `previous` is there for a PATCH.
pub fn distort(task: &mut Value, sent: &Map<String, Value>, previous: Option<&Value>) {
    let is_sent = sent.contains_key("estimate");
    match previous {
        Some(_) if !is_sent && fault("estimate-lost-by-patch") => task["estimate"] = Value::Null,
        Some(previous) if fault("estimate-null-ignored") && task["estimate"].is_null() => {
            task["estimate"] = previous["estimate"].clone();
        }
        Some(previous) if fault("estimate-not-changed") => {
            task["estimate"] = previous["estimate"].clone();
        }
        _ => {}
    }
}

/// What a fault keeps of the task as it was.
pub fn carry_over(task: &mut Value, before: &Value) {
    if fault("estimate-kept-by-put") && task["estimate"].is_null() {
        task["estimate"] = before["estimate"].clone();
    }
}

/// The items of a list.
pub fn listed(mut tasks: Vec<Value>) -> Vec<Value> {
    if fault("estimate-not-listed") {
        for map in tasks.iter_mut().filter_map(Value::as_object_mut) {
            map.remove("estimate");
        }
    }
    tasks
}

/// A missing estimate goes last in both directions.
pub fn order(a: &Value, b: &Value, descending: bool) -> Ordering {
    let (left, right) = (a["estimate"].as_u64(), b["estimate"].as_u64());
    let missing = left.is_none().cmp(&right.is_none());
    let missing = match () {
        () if fault("null-estimate-first") => missing.reverse(),
        () if fault("null-estimate-turns") && descending => missing.reverse(),
        () => missing,
    };
    // The caller turns the whole order round.
    let missing = if descending { missing.reverse() } else { missing };
    let values = if fault("estimate-sorted-as-text") {
        a["estimate"].to_string().cmp(&b["estimate"].to_string())
    } else {
        left.cmp(&right)
    };
    let ties = if fault("estimate-ties") {
        b["id"].as_u64().cmp(&a["id"].as_u64())
    } else {
        Ordering::Equal
    };
    missing.then(values).then(ties)
}
