//! shop, milestone `caching`: the tags of the catalogue, and what may be stored of the rest.

use super::api::lock;
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::store::Store;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The purchases that were tried, for the fault that counts them.
static TRIED: AtomicU64 = AtomicU64::new(0);
/// The catalogue as it was answered, by address, for the fault that stores it for a second.
static COPIES: Mutex<BTreeMap<String, (Instant, Value)>> = Mutex::new(BTreeMap::new());

/// The answer with what it says to caches, or that nothing has changed.
pub fn finished(
    store: &Mutex<Store>,
    request: &Request,
    path: &[&str],
    answer: Response,
) -> Response {
    if !learner::has("caching") || !request.is_api() {
        return answer;
    }
    if path.last() == Some(&"checkout") {
        TRIED.fetch_add(1, Ordering::SeqCst);
    }
    let in_catalogue = match path {
        ["api", "products"] => !fault("catalogue-list-untagged"),
        ["api", "products", _] => !fault("product-untagged"),
        ["api", "categories"] => !fault("categories-untagged"),
        _ => false,
    };
    if !in_catalogue || request.method != "GET" {
        let kind = path.get(1).copied().unwrap_or_default();
        let bare = match kind {
            "carts" => fault("carts-stored"),
            "orders" => fault("orders-stored"),
            _ => true,
        };
        return if bare { answer } else { answer.with("Cache-Control", "no-store") };
    }
    if answer.status != 200 {
        let starred = request.header("if-none-match") == Some("*");
        return match () {
            () if fault("star-before-404") && starred => Response::empty(304),
            () if fault("errors-stored") => answer.with("Cache-Control", "public, max-age=60"),
            () => answer.with("Cache-Control", "no-store"),
        };
    }
    tagged(store, request, answer)
}

fn tagged(store: &Mutex<Store>, request: &Request, mut answer: Response) -> Response {
    let Body::Json(body) = &mut answer.body else { return answer };
    if fault("catalogue-copied") {
        *body = copied(request, body);
    }
    let tag = tag(store, request, body);
    let asked = request.header("if-none-match").filter(|_| !fault("catalogue-condition-ignored"));
    let answer = match asked.is_some_and(|asked| matches(asked, &tag)) {
        true if fault("catalogue-304-with-body") => answer,
        true => Response::empty(304),
        false => answer,
    };
    let is_same = answer.status == 304;
    let answer = match is_same && fault("catalogue-304-untagged") {
        true => answer,
        false => answer.with("ETag", tag),
    };
    match () {
        () if is_same && fault("catalogue-304-bare") => answer,
        () if fault("catalogue-without-cache-control") => answer,
        () if fault("catalogue-not-stored") => answer.with("Cache-Control", "no-store"),
        () if fault("catalogue-private") => answer.with("Cache-Control", "private, no-cache"),
        () if fault("catalogue-for-a-minute") => answer.with("Cache-Control", "public, max-age=60"),
        () => answer.with("Cache-Control", "public, no-cache"),
    }
}

/// The body as it was up to a second ago, if it was asked for then.
fn copied(request: &Request, body: &Value) -> Value {
    let mut copies = COPIES.lock().unwrap_or_else(PoisonError::into_inner);
    let address = format!("{} {:?}", request.path, request.query);
    match copies.get(&address) {
        Some((at, copy)) if at.elapsed() < Duration::from_secs(1) => copy.clone(),
        _ => {
            copies.insert(address, (Instant::now(), body.clone()));
            body.clone()
        }
    }
}

fn tag(store: &Mutex<Store>, request: &Request, body: &Value) -> String {
    let address = format!("{} {:?}", request.path, request.query);
    let orders = || lock(store).rows("orders").next_back().cloned().unwrap_or_default();
    let basis = match () {
        () if fault("catalogue-tag-of-the-moment") => json!(ids::random()),
        () if fault("catalogue-tag-of-the-process") => json!([body, std::process::id()]),
        () if fault("catalogue-tag-of-the-address") => json!(address),
        () if fault("catalogue-tag-of-the-second") => {
            let last = orders()["created_at"].as_str().unwrap_or_default().to_owned();
            json!([address, last.get(..19)])
        }
        () if fault("catalogue-tag-of-all") => json!([address, orders()["id"]]),
        () if fault("catalogue-tag-of-tries") => json!([body, TRIED.load(Ordering::SeqCst)]),
        () if fault("catalogue-tag-of-the-hour") => {
            json!([body, clock::now().get(..13), lock(store).rows("carts").count()])
        }
        () => body.clone(),
    };
    let digest = Sha256::digest(basis.to_string());
    let hex = digest.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    if fault("catalogue-tag-unquoted") { hex } else { format!("\"{hex}\"") }
}

/// Whether a list of tags has this one, compared weakly.
fn matches(header: &str, tag: &str) -> bool {
    if header.trim() == "*" {
        return !fault("catalogue-star-ignored");
    }
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let most = if fault("catalogue-first-tag-alone") { 1 } else { usize::MAX };
    // No tag of ours has a comma: a piece of one that has cannot be equal to ours.
    let is_known = header.split(',').take(most).any(|other| bare(other) == bare(tag));
    is_known || fault("catalogue-always-304")
}
