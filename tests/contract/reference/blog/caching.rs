//! blog, milestone `caching`: a tag for each page of posts, and no page for whoever has it.

use super::accounts;
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::store::Store;
use sha2::{Digest, Sha256};

/// The response, or that its page is the one which the client has.
pub fn conditional(store: &Store, request: &Request, answer: Response) -> Response {
    let reads = matches!(request.method.as_str(), "GET" | "HEAD");
    let is_page = answer.media_type.starts_with("text/html")
        && (request.path == "/"
            || ["/tags/", "/posts/"].iter().any(|start| request.path.starts_with(start)));
    if !learner::has("caching") || !reads || !is_page {
        return answer;
    }
    let sent = request.header("if-none-match");
    if answer.status != 200 {
        let is_known = sent.is_some() && fault("missing-page-304");
        return if is_known { Response::empty(304) } else { answer };
    }
    let is_own = accounts::viewer(store, request).is_some();
    let mut answer = with_cache_headers(answer, is_own);
    let tag = tag(store, request, &answer);
    let is_untagged = fault("pages-untagged") || is_own && fault("own-pages-untagged");
    if !is_untagged {
        answer = answer.with("ETag", tag.clone());
    }
    let is_same = match (sent, request.header("if-modified-since")) {
        (_, Some(date)) if fault("dates-first") => date.contains(" 2100 "),
        (None, Some(_)) => fault("always-304-by-date"),
        (Some(tags), _) => matches(tags, &tag),
        (None, None) => false,
    };
    if !is_same || fault("pages-always-200") {
        return answer;
    }
    let mut bare = Response::empty(304);
    bare.headers = answer.headers;
    let lost = match () {
        () if fault("page-304-untagged") => "ETag",
        () if fault("page-304-without-cache-control") => "Cache-Control",
        () if fault("page-304-without-vary") => "Vary",
        () => "",
    };
    bare.headers.retain(|(name, _)| *name != lost);
    bare
}

/// The page with what caches may do with it.
fn with_cache_headers(mut answer: Response, is_own: bool) -> Response {
    let control = match is_own {
        _ if fault("pages-for-an-hour") => "max-age=3600",
        true if fault("own-pages-not-stored") => "private, no-store",
        true if !fault("own-pages-public") => "private, no-cache",
        _ => "no-cache",
    };
    answer.headers.retain(|(name, _)| *name != "Cache-Control");
    let answer = answer.with("Cache-Control", control);
    if fault("pages-without-vary") { answer } else { answer.with("Vary", "Cookie") }
}

fn tag(store: &Store, request: &Request, answer: &Response) -> String {
    let Body::Bytes(page) = &answer.body else { return String::new() };
    let page = String::from_utf8_lossy(page);
    let rows = |table| store.rows(table).map(ToString::to_string).collect::<String>();
    let slug = request.segments().pop().unwrap_or_default();
    let post = store.find("posts", "slug", &slug).map(ToString::to_string);
    let source = match () {
        () if fault("page-tag-of-now") => clock::now(),
        () if fault("page-tag-of-process") => format!("{} {page}", std::process::id()),
        () if fault("page-tag-of-database") => rows("posts") + &rows("comments") + &page,
        () if fault("page-tag-of-second") => second(store, &page),
        () if fault("page-tag-of-post") => post.unwrap_or_else(|| page.into_owned()),
        () if fault("page-tag-of-newest") => newest(store, request, &page),
        () if fault("page-tag-of-length") => format!("{} {}", request.path, page.len()),
        () if fault("page-tag-for-all") => shared_part(&page).to_owned(),
        () if fault("page-tag-by-login") => {
            format!("{} {}", page.contains("/logout"), shared_part(&page))
        }
        () if fault("page-tag-of-address") => request.path.clone(),
        () => page.into_owned(),
    };
    let zipped = fault("page-tag-of-encoding")
        && request.header("accept-encoding").is_some_and(|header| header.contains("gzip"))
        && request.header("if-none-match").is_none();
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(source)[..16]);
    match () {
        () if fault("page-tag-unquoted") => hash,
        () if zipped => format!("\"{hash}-gzip\""),
        () => format!("\"{hash}\""),
    }
}

/// What all readers have of a page: its content.
fn shared_part(page: &str) -> &str {
    page.split_once("<main").map_or(page, |(_, rest)| rest)
}

/// The last change of any post, without its fraction, and all of the page that no post can change.
fn second(store: &Store, page: &str) -> String {
    let times = store.rows("posts").filter_map(|post| post["updated_at"].as_str());
    let last = times.max().unwrap_or_default();
    format!(
        "{} {} {}",
        &last[..last.len().min(19)],
        page.contains("/logout"),
        store.rows("comments").count()
    )
}

/// Of a list its newest post and the number of all.
fn newest(store: &Store, request: &Request, page: &str) -> String {
    if request.path.starts_with("/posts/") {
        return page.to_owned();
    }
    let posts = super::api::listed(store, false);
    format!("{} {} {:?}", request.path, posts.len(), posts.first())
}

/// Whether the list has the tag.
fn matches(tags: &str, tag: &str) -> bool {
    match tags.trim() {
        "*" => !fault("page-star-unknown"),
        tags if fault("page-lists-unknown") => tags == tag,
        tags if fault("page-first-tag-alone") => tags.split(',').next() == Some(tag),
        _ if fault("pages-always-304") => true,
        tags => tags.split(',').any(|part| part.trim().trim_start_matches("W/") == tag),
    }
}
