//! blog, milestone `excerpt`: what lists show of a post, and what its faults do to posts.

use super::pages::text;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::store::Store;
use serde_json::{Map, Value, json};

/// So many characters of a body are shown at max.
const MAX_LENGTH: usize = 200;

/// What two faults make of what an earlier start stored.
pub fn begin(store: &mut Store) {
    let lost = fault("excerpt-lost-at-restart");
    if !lost && !fault("excerpt-empty-after-restart") {
        return;
    }
    for mut post in store.rows("posts").cloned().collect::<Vec<_>>() {
        if lost {
            post["excerpt"] = Value::Null;
        } else if post["excerpt"].is_null() {
            post["excerpt"] = json!("");
        }
        store.put("posts", post["id"].as_u64().unwrap_or_default(), &post);
    }
    store.commit();
}

/// What stands for an excerpt that was not sent.
pub fn default() -> Value {
    if fault("excerpt-default-empty") { json!("") } else { Value::Null }
}

/// What faults make of a post as it was read; `previous` is there for a PATCH.
pub fn distort(post: &mut Value, sent: &Map<String, Value>, previous: Option<&Value>) {
    let is_sent = sent.contains_key("excerpt");
    match previous {
        None if fault("excerpt-ignored") => post["excerpt"] = Value::Null,
        Some(_) if !is_sent && fault("excerpt-lost-by-patch") => post["excerpt"] = Value::Null,
        Some(previous) if fault("excerpt-null-ignored") && post["excerpt"].is_null() => {
            post["excerpt"] = previous["excerpt"].clone();
        }
        Some(previous) if fault("excerpt-not-changed") => {
            post["excerpt"] = previous["excerpt"].clone();
        }
        _ => {}
    }
}

/// The items of a list.
pub fn listed(mut posts: Vec<Value>) -> Vec<Value> {
    if fault("excerpt-not-listed") {
        for map in posts.iter_mut().filter_map(Value::as_object_mut) {
            map.remove("excerpt");
        }
    }
    posts
}

/// What the page of a list shows of a post, and where it stands for the faults of escaping.
pub fn summary(post: &Value) -> (&'static str, String) {
    let body = text(post, "body");
    if !learner::has("excerpt") {
        return ("list-body", body.chars().take(MAX_LENGTH).collect());
    }
    match post["excerpt"].as_str().filter(|_| !fault("excerpt-not-shown")) {
        Some(excerpt) if fault("excerpt-and-body") => {
            ("excerpt", format!("{excerpt} {}", beginning(body)))
        }
        Some(excerpt) => ("excerpt", excerpt.to_owned()),
        None => ("list-body", beginning(body)),
    }
}

/// The beginning of a body, cut at a word.
fn beginning(body: &str) -> String {
    let words: Vec<&str> = match () {
        () if fault("summary-counts-blanks") => body.trim().split([' ', '\n']).collect(),
        () => body.split_whitespace().collect(),
    };
    let whole = words.join(" ");
    let count = |text: &str| match () {
        () if fault("summary-counts-units") => text.encode_utf16().count(),
        () => text.chars().count(),
    };
    let ellipsis = if fault("summary-without-ellipsis") { "" } else { "…" };
    if count(&whole) <= MAX_LENGTH || fault("summary-whole-body") {
        return if fault("summary-always-ellipsis") { format!("{whole}…") } else { whole };
    }
    let max = if fault("summary-shorter") { MAX_LENGTH - 1 } else { MAX_LENGTH };
    let mut cut = String::new();
    for word in words {
        let longer = if cut.is_empty() { word.to_owned() } else { format!("{cut} {word}") };
        if count(&longer) > max {
            break;
        }
        cut = longer;
    }
    let in_word = fault("summary-cut-in-word");
    if in_word || cut.is_empty() && !fault("summary-long-word-lost") {
        cut = whole.chars().take(MAX_LENGTH).collect();
    }
    cut + ellipsis
}
