//! tasks, milestone `accounts`: whose task is whose.

use super::roles;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::protocol::http::Response;
use crate::reference::protocol::problem::problem;
use crate::reference::store::Store;
use serde_json::Value;

/// The task of this id, if it is the asker's to read or to change.
///
/// # Errors
/// 404, as if it did not exist.
pub fn task_of(store: &Store, id: u64, asker: &Value, reads: bool) -> Result<Value, Response> {
    let mut task = store.get("tasks", id).cloned().ok_or_else(ids::absent)?;
    let shared = task["owner"].is_null();
    let open = task["owner"] == *asker
        || fault("shared-with-token") && shared
        || !shared && asker.is_null() && fault("private-to-nobody")
        || !shared && !asker.is_null() && fault("private-readable") && reads
        || !shared && !asker.is_null() && fault("private-writable") && !reads;
    if open {
        return Ok(task);
    }
    if roles::may(store, &task, asker, reads) {
        if fault("admin-takes-tasks") {
            task["owner"] = asker.clone();
        }
        return Ok(task);
    }
    Err(if fault("private-403") { problem(403, "This task is not yours.") } else { ids::absent() })
}

/// Whether a list for the asker has this task.
pub fn listed(store: &Store, task: &Value, asker: &Value) -> bool {
    let shared = task["owner"].is_null();
    task["owner"] == *asker
        || roles::lists(store, task, asker)
        || fault("private-listed") && !shared
        || fault("shared-listed-with-token") && shared
}
