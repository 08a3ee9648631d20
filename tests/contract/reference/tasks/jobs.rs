//! tasks, milestone `jobs`: exports are stored as jobs, and a worker makes their files.

use super::accounts::listed;
use super::api::{Answer, lock};
use super::csv::file;
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::server::setting;
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

const WAITING: usize = 10;
const LIFETIME: i64 = 86_400;
const SECOND: i64 = 1_000_000;
/// So often the worker looks for a job.
const LOOK: Duration = Duration::from_millis(10);

static STOPPING: AtomicBool = AtomicBool::new(false);
/// The last export of the process before, for the fault that forgets those.
static BEFORE: AtomicU64 = AtomicU64::new(0);

fn number<T: std::str::FromStr>(name: &str, default: T) -> T {
    setting(name, "").parse().unwrap_or(default)
}

/// Starts the worker, which goes on with what was left behind.
pub fn begin(store: &Arc<Mutex<Store>>) {
    if !learner::has("jobs") {
        return;
    }
    let last = lock(store).rows("exports").next_back().and_then(|row| row["id"].as_u64());
    BEFORE.store(last.unwrap_or_default(), Ordering::SeqCst);
    if fault("files-forgotten") {
        let mut store = lock(store);
        let done: Vec<Value> =
            store.rows("exports").filter(|row| row["status"] == "done").cloned().collect();
        for row in done {
            store.remove("exports", row["id"].as_u64().unwrap_or_default());
        }
    }
    let store = Arc::clone(store);
    thread::spawn(move || {
        while !STOPPING.load(Ordering::SeqCst) {
            sleep(LOOK);
            if !fault("exports-never-made") {
                work(&store);
            }
        }
    });
}

/// The worker stops; what it has begun is begun anew after the next start.
pub fn part() {
    if fault("job-holds-the-stop") {
        sleep(Duration::from_secs(number("EXPORT_SECONDS", 0)));
    }
    STOPPING.store(true, Ordering::SeqCst);
}

/// Makes the file of the oldest export that has none.
fn work(store: &Mutex<Store>) {
    let unfinished = |row: &&Value| {
        let forgotten =
            fault("exports-forgotten") && row["id"].as_u64() <= Some(BEFORE.load(Ordering::SeqCst));
        row["status"] == "queued" && !forgotten
            || row["status"] == "running" && !fault("begun-exports-forgotten")
    };
    let mut open = lock(store);
    let Some(mut row) = open.rows("exports").find(unfinished).cloned() else { return };
    row["status"] = json!("running");
    save(&mut open, &row);
    if !fault("job-holds-the-lock") {
        drop(open);
        pause();
        open = lock(store);
    } else {
        pause();
    }
    if !STOPPING.load(Ordering::SeqCst) {
        finish(&mut open, row);
    }
}

fn pause() {
    let (begin, span) = (Instant::now(), Duration::from_secs(number("EXPORT_SECONDS", 0)));
    while begin.elapsed() < span && !STOPPING.load(Ordering::SeqCst) {
        sleep(LOOK);
    }
}

fn finish(store: &mut Store, mut row: Value) {
    let tasks = tasks_of(store, &row["owner"]);
    row["rows"] = if fault("export-without-rows") { Value::Null } else { json!(tasks.len()) };
    row["file"] = json!(file(&tasks));
    row["status"] = json!("done");
    row["finished_at"] = json!(clock::now());
    row["finished"] = json!(clock::micros());
    save(store, &row);
}

fn tasks_of(store: &Store, owner: &Value) -> Vec<Value> {
    let most = if fault("export-of-a-page") { 20 } else { usize::MAX };
    let own = |task: &&Value| fault("export-of-all-tasks") || listed(store, task, owner);
    store.rows("tasks").filter(own).take(most).cloned().collect()
}

fn save(store: &mut Store, row: &Value) {
    store.put("exports", row["id"].as_u64().unwrap_or_default(), row);
    store.commit();
}

/// The answer, if the address is one of this milestone.
pub fn answer(
    store: &Mutex<Store>,
    request: &Request,
    path: &[&str],
    who: &Value,
) -> Option<Answer> {
    let reads = matches!(request.method.as_str(), "GET" | "HEAD");
    Some(match path {
        _ if !learner::has("jobs") => return None,
        ["api", "exports"] if request.method == "POST" => order(store, who),
        ["api", "exports"] => Ok(method_not_allowed("POST")),
        ["api", "exports", ..]
            if reads && fault("unknown-export-200") && is_unknown(store, path) =>
        {
            Ok(Response::json(200, json!({})))
        }
        ["api", "exports", id] if reads => {
            export(store, id, who).map(|row| Response::json(200, shown(&row)))
        }
        ["api", "exports", id, "file"] if reads => download(store, id, who),
        ["api", "exports", _] | ["api", "exports", _, "file"] => {
            Ok(method_not_allowed("GET, HEAD"))
        }
        _ => return None,
    })
}

fn is_unknown(store: &Mutex<Store>, path: &[&str]) -> bool {
    let id = path.get(2).and_then(|id| id.parse().ok());
    id.is_none_or(|id| lock(store).get("exports", id).is_none())
}

fn order(store: &Mutex<Store>, who: &Value) -> Answer {
    let mut open = lock(store);
    let counts = |row: &&Value| {
        let waits = row["status"] != "done" || fault("finished-exports-wait");
        waits && (row["owner"] == *who || fault("waiting-for-all"))
    };
    let waiting = open.rows("exports").filter(counts).count();
    if waiting >= number("EXPORTS_WAITING", WAITING) && !fault("any-number-waits") {
        let answer = problem(429, "So many exports are waiting already.");
        return Err(match fault("waiting-without-retry-after") {
            true => answer,
            false => answer.with("Retry-After", "1"),
        });
    }
    let same = |row: &&Value| row["status"] != "done" && row["owner"] == *who;
    if let Some(row) = open.rows("exports").find(same).filter(|_| fault("exports-shared")) {
        return Ok(accepted(row));
    }
    let id = open.next_id("exports");
    let row = json!({"id": id, "status": "queued", "owner": who, "created_at": clock::now()});
    save(&mut open, &row);
    if fault("export-in-the-request") {
        drop(open);
        pause();
        finish(&mut lock(store), row);
        open = lock(store);
    }
    let row = open.get("exports", id).cloned().unwrap_or_default();
    Ok(accepted(&row))
}

fn accepted(row: &Value) -> Response {
    let answer = Response::json(if fault("accepted-201") { 201 } else { 202 }, shown(row));
    match fault("accepted-without-location") {
        true => answer,
        false => answer.with("Location", format!("/api/exports/{}", row["id"])),
    }
}

fn shown(row: &Value) -> Value {
    let url = json!(format!("/api/exports/{}/file", row["id"]));
    let known = row["status"] == "done" || fault("url-before-the-file");
    json!({
        "id": row["id"], "status": row["status"], "rows": row["rows"],
        "url": if known { url } else { Value::Null },
        "created_at": row["created_at"], "finished_at": row["finished_at"],
    })
}

/// The export of this id, if it is the asker's, and not too old.
fn export(store: &Mutex<Store>, id: &str, who: &Value) -> Result<Value, Response> {
    let id = ids::parse(id)?;
    let row = lock(store).get("exports", id).cloned().ok_or_else(ids::absent)?;
    let lifetime = number("EXPORT_KEEP_SECONDS", LIFETIME) * SECOND;
    let ends = row["finished"].as_i64().map(|finished| finished + lifetime);
    if ends.is_some_and(|ends| ends < clock::micros()) && !fault("exports-kept-for-ever") {
        return Err(ids::absent());
    }
    if row["owner"] == *who || fault("exports-readable") {
        return Ok(row);
    }
    Err(match fault("exports-of-others-403") {
        true => problem(403, "This export is not yours."),
        false => ids::absent(),
    })
}

fn download(store: &Mutex<Store>, id: &str, who: &Value) -> Answer {
    let row = match fault("old-files-stay") {
        true => lock(store).get("exports", ids::parse(id)?).cloned().ok_or_else(ids::absent)?,
        false => export(store, id, who)?,
    };
    let mut text = row["file"].as_str().map(str::to_owned);
    if fault("file-before-its-end") && text.is_none() {
        text = Some(file(&[]));
    }
    if fault("file-made-when-read") && text.is_some() {
        text = Some(file(&tasks_of(&lock(store), &row["owner"])));
    }
    let text = text.ok_or_else(|| problem(409, "The file is not made yet."))?;
    let media_type =
        if fault("csv-as-text") { "text/plain; charset=utf-8" } else { "text/csv; charset=utf-8" };
    let answer = Response::new(200, media_type, Body::Bytes(text.into_bytes()));
    let name = format!("attachment; filename=\"tasks-{}.csv\"", row["id"]);
    Ok(if fault("csv-inline") { answer } else { answer.with("Content-Disposition", name) })
}
