//! tasks, milestone `conditional`: the tag of a task, and requests that depend on it (RFC 9110, section 13).

use crate::reference::faults::{fault, param};
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::protocol::problem::problem;
use crate::reference::server::setting;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::thread::sleep;
use std::time::Duration;

/// The tag of a task as it is answered.
fn tag(task: &Value) -> String {
    let mut part = task.clone();
    if let Some(name) = param("tag-without") {
        part[name] = Value::Null;
        part["updated_at"] = Value::Null;
    }
    if fault("tag-of-the-second") {
        let second = task["updated_at"].as_str().and_then(|time| time.get(..19)).map(str::to_owned);
        part =
            second.map_or(Value::Null, |second| Value::String(format!("{second}{}", task["id"])));
    }
    if fault("tag-of-creation") {
        part = json!([task["id"], task["created_at"]]);
    }
    let salt = match () {
        () if fault("tag-of-the-moment") => ids::random(),
        () if fault("tag-of-the-process") => std::process::id().to_string(),
        () => String::new(),
    };
    let digest = Sha256::digest(format!("{part}{salt}"));
    let hex = digest.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let mark = if fault("tag-weak") { "W/" } else { "" };
    if fault("tag-unquoted") { hex } else { format!("{mark}\"{hex}\"") }
}

/// The tags of a header: each from its opening quote to the closing one, a comma inside too.
fn tags(header: &str) -> Vec<&str> {
    if fault("tags-split-at-commas") {
        let pieces = header.split(',').map(str::trim);
        return pieces.take_while(|piece| piece.ends_with('"') && piece.contains('"')).collect();
    }
    if fault("first-tag-alone") {
        return header.split(',').map(str::trim).take(1).collect();
    }
    let mut tags = Vec::new();
    let mut rest = header.trim_start_matches([' ', ',']);
    while let Some(open) = rest.find('"') {
        let Some(close) = rest[open + 1..].find('"') else { break };
        let end = open + 1 + close + 1;
        tags.push(&rest[..end]);
        rest = rest[end..].trim_start_matches([' ', ',']);
    }
    tags
}

fn matches(header: &str, tag: &str, weakly: bool) -> bool {
    let bare = |tag: &str| tag.trim_start_matches("W/").to_owned();
    if header.trim() == "*" {
        return !fault("star-matches-nothing");
    }
    let weakly = match weakly {
        true => !fault("none-match-strongly"),
        false => fault("match-weakly"),
    };
    tags(header).into_iter().any(|other| other == tag || weakly && bare(other) == bare(tag))
}

/// What is answered to `GET`: the task, or that it has not changed.
pub fn read(request: &Request, answer: Response) -> Response {
    if !learner::has("conditional") {
        return answer;
    }
    let answer = tagged(answer);
    let tag = tag_of(&answer);
    let asked = request.header("if-none-match").filter(|_| !fault("none-match-ignored"));
    if !asked.is_some_and(|asked| matches(asked, &tag, true) || fault("always-304")) {
        return if fault("no-cache-control") { answer } else { cached(answer) };
    }
    let bare = match () {
        () if fault("304-with-body") => Response { status: 200, ..answer },
        () => Response::empty(304),
    };
    let bare = if fault("304-without-tag") { bare } else { bare.with("ETag", tag) };
    if fault("304-without-cache-control") { bare } else { cached(bare) }
}

fn cached(answer: Response) -> Response {
    answer.with("Cache-Control", "no-cache")
}

fn tag_of(answer: &Response) -> String {
    let header = answer.headers.iter().find(|(name, _)| *name == "ETag");
    header.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// The response with the tag of the task in it.
fn tagged(answer: Response) -> Response {
    let Body::Json(task) = &answer.body else { return answer };
    let tag = tag(task);
    if fault("tag-missing") { answer } else { answer.with("ETag", tag) }
}

/// What is answered to a change: with the tag, but for `PUT`.
pub fn changed(request: &Request, answer: Response) -> Response {
    let method = request.method.as_str();
    let bare = match method {
        "PUT" => !fault("put-tagged"),
        "POST" => fault("created-untagged"),
        _ => fault("patched-untagged"),
    };
    if bare || !learner::has("conditional") { answer } else { tagged(answer) }
}

/// Whether a request may change this task, as it is answered.
///
/// # Errors
/// 412, or 428 for a `PUT` without a condition where one is required.
pub fn allowed(request: &Request, task: &Value) -> Result<(), Response> {
    let method = request.method.as_str();
    let ignored = param("condition-ignored") == Some(method)
        || method == "PATCH" && fault("look-then-change");
    if !learner::has("conditional") || ignored {
        return Ok(());
    }
    condition(request, task)
}

fn condition(request: &Request, task: &Value) -> Result<(), Response> {
    let tag = tag(task);
    let failed = || {
        let status = if fault("failed-409") { 409 } else { 412 };
        problem(status, "The task is not as the condition has it.")
    };
    match request.header("if-match") {
        Some(_) if fault("match-refused") => return Err(failed()),
        Some(header) if !matches(header, &tag, false) => return Err(failed()),
        None if request.method == "PUT" && is_required() => {
            return Err(problem(428, "Say by If-Match what the task was when it was read."));
        }
        _ => {}
    }
    match request.header("if-none-match") {
        Some(header) if matches(header, &tag, true) && !fault("none-match-reads-alone") => {
            Err(failed())
        }
        _ => Ok(()),
    }
}

fn is_required() -> bool {
    !fault("never-428") && (setting("REQUIRE_IF_MATCH", "") == "true" || fault("always-428"))
}

/// The refusal of a task that is not there, or of the condition under a fault.
pub fn absent(request: &Request, refusal: Response) -> Response {
    let asked = request.header("if-match").or_else(|| request.header("if-none-match"));
    match asked {
        Some(_) if fault("condition-before-task") => problem(412, "There is no such task."),
        _ => refusal,
    }
}

/// Looks at the condition, and changes the task a little later, under a fault.
///
/// # Errors
/// 412, as the task is now.
pub fn early(request: &Request, task: &Value) -> Result<(), Response> {
    if !fault("look-then-change") {
        return Ok(());
    }
    condition(request, task)?;
    sleep(Duration::from_millis(40));
    Ok(())
}
