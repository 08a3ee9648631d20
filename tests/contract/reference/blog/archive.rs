//! blog, milestone `archive`: published posts by the month of their publication.

use super::api::listed;
use super::pages::{escape, layout, page_of, text, unknown};
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::http::Response;
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// An answer that was given before, for the fault that gives it again.
static COPY: Mutex<Option<(Instant, Value)>> = Mutex::new(None);
/// When the server first counted, for the fault that counts from there.
static FIRST: OnceLock<String> = OnceLock::new();

/// The months, newest first, each with its posts, newest first.
fn months(posts: Vec<Value>) -> Vec<(String, Vec<Value>)> {
    let mut months: Vec<(String, Vec<Value>)> = Vec::new();
    let length = if fault("archive-by-day") { 10 } else { 7 };
    for post in posts {
        let at = if post["published_at"].is_null() { "created_at" } else { "published_at" };
        let mut month = text(&post, at).get(..length).unwrap_or_default().to_owned();
        if fault("archive-months-from-0") {
            let number = month.get(5..).and_then(|month| month.parse::<u32>().ok());
            month.truncate(5);
            month += &format!("{:02}", number.unwrap_or(1).saturating_sub(1));
        }
        match months.last_mut() {
            Some((last, posts)) if *last == month => posts.push(post),
            _ => months.push((month, vec![post])),
        }
    }
    months
}

/// `GET /api/archive`.
pub fn answer(store: &Store) -> Response {
    let mut copy = COPY.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((at, value)) = copy.as_ref().filter(|_| fault("archive-stale"))
        && at.elapsed() < Duration::from_secs(1)
    {
        return Response::json(200, value.clone());
    }
    let value = counted(store);
    *copy = Some((Instant::now(), value.clone()));
    Response::json(200, value)
}

fn counted(store: &Store) -> Value {
    let drafts = fault("archive-with-drafts");
    let mut posts = listed(store, drafts || fault("archive-with-withdrawn"));
    posts.retain(|post| drafts || !post["published_at"].is_null());
    if fault("archive-from-start") {
        let first = FIRST.get_or_init(crate::reference::clock::now);
        posts.retain(|post| text(post, "published_at") > first.as_str());
    }
    if fault("archive-of-a-page") {
        posts.truncate(20);
    }
    let count = |posts: usize| match () {
        () if fault("archive-as-text") => json!(posts.to_string()),
        () => json!(posts),
    };
    let all = months(posts).into_iter();
    let mut items: Vec<Value> =
        all.map(|(month, posts)| json!({"month": month, "posts": count(posts.len())})).collect();
    if items.is_empty() && fault("archive-empty-month") {
        items.push(json!({"month": crate::reference::clock::now().get(..7), "posts": 0}));
    }
    if fault("archive-bare") {
        return json!(items);
    }
    json!({"items": items})
}

/// `GET /archive`.
pub fn page(store: &Store) -> Result<Response, Response> {
    if fault("archive-page-missing") {
        return Err(unknown());
    }
    let mut posts = listed(store, fault("archive-page-with-drafts"));
    if fault("archive-page-of-ten") {
        posts.truncate(10);
    }
    let mut content = "<h1>Archive</h1>\n".to_owned();
    for (month, mut posts) in months(posts) {
        if fault("archive-page-oldest-first") {
            posts.reverse();
        }
        if !fault("archive-page-without-month") {
            content += &format!("<h2><time datetime=\"{month}\">{month}</time></h2>\n");
        }
        content += &format!("<ul>{}</ul>\n", posts.iter().map(line).collect::<String>());
    }
    Ok(page_of(layout("Archive", &content), 200))
}

fn line(post: &Value) -> String {
    let title = escape("archive-title", text(post, "title"));
    if fault("archive-page-without-links") {
        return format!("<li>{title}</li>");
    }
    format!(r#"<li><a href="/posts/{}">{title}</a></li>"#, escape("", text(post, "slug")))
}

/// The link to the archive that every page has.
pub fn link() -> &'static str {
    let linked = learner::has("archive") && !fault("archive-not-linked");
    if linked { r#"<a href="/archive">Archive</a>"# } else { "" }
}
