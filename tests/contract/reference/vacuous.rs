//! Servers whose answers are sound in their form and say nothing: `serve --vacuous lists|nulls|same`.

use super::protocol::http::{Body, JSON, Request, Response};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// What each kind answers.
pub const KINDS: [(&str, &str); 3] = [
    ("lists", "every list is empty"),
    ("nulls", "every value is null"),
    ("same", "each request is answered with 200 and the same object"),
];

static KIND: OnceLock<String> = OnceLock::new();

pub fn start_with(kind: &str) {
    let _ = KIND.set(kind.to_owned());
}

fn is(kind: &str) -> bool {
    KIND.get().is_some_and(|chosen| chosen == kind)
}

/// What becomes of an answer.
pub fn emptied(request: &Request, mut answer: Response) -> Response {
    if is("same") {
        answer.status = 200;
        answer.media_type = JSON;
        answer.headers.clear();
        answer.body = Body::Json(the_same());
    } else if request.path == "/metrics"
        && ["lists", "nulls"].into_iter().any(is)
        && let Body::Bytes(bytes) = &mut answer.body
    {
        *bytes = empty_metrics(&String::from_utf8_lossy(bytes)).into_bytes();
    } else if (request.is_api() || request.path == "/graphql")
        && let Body::Json(value) = &mut answer.body
    {
        empty(value);
    }
    answer
}

/// Metrics without series, or whose values are all 0.
fn empty_metrics(text: &str) -> String {
    let lines = text.lines().filter_map(|line| match line.rsplit_once(' ') {
        Some(_) if line.starts_with('#') => Some(format!("{line}\n")),
        Some(_) if is("lists") => None,
        Some((series, _)) if is("nulls") => Some(format!("{series} 0\n")),
        _ => Some(format!("{line}\n")),
    });
    lines.collect()
}

/// What becomes of a value, at every depth.
pub fn empty(value: &mut Value) {
    match value {
        Value::Array(items) if is("lists") => items.clear(),
        Value::Array(items) => items.iter_mut().for_each(empty),
        Value::Object(map) => map.iter_mut().for_each(|(_, value)| empty(value)),
        scalar if is("nulls") => *scalar = Value::Null,
        _ => {}
    }
}

fn the_same() -> Value {
    let time = "2026-01-02T03:04:05.678Z";
    let item = json!({
        "id": 1, "title": "One", "name": "One", "slug": "one", "text": "One", "body": "One", "author": "Ada",
        "status": "open", "done": false, "published": true, "tags": [], "price_cents": 100, "stock": 5,
        "created_at": time, "updated_at": time, "published_at": time
    });
    let mut whole = item.clone();
    whole["items"] = json!([item]);
    whole["page"] = json!(1);
    whole["per_page"] = json!(20);
    whole["total"] = json!(1);
    whole["type"] = json!("about:blank");
    whole["detail"] = json!("One");
    whole["errors"] = json!([]);
    whole
}
