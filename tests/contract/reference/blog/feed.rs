//! blog, milestone `feed`: the newest posts as Atom.

use super::api::listed;
use super::pages::text;
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::protocol::problem::problem;
use crate::reference::server::setting;
use crate::reference::store::Store;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";
const ENTRIES: usize = 20;
/// A feed that was sent before, for the fault that sends it again.
static COPY: Mutex<Option<(Instant, String)>> = Mutex::new(None);

/// `GET /feed.xml`.
pub fn answer(store: &Store, request: &Request) -> Response {
    if fault("feed-of-nothing-500") && listed(store, false).is_empty() {
        return problem(500, "There is no newest post.");
    }
    let hostile = |post: Value| post["body"].as_str().is_some_and(|body| body.contains('\u{1}'));
    if fault("feed-controls-500") && listed(store, false).into_iter().any(hostile) {
        return problem(500, "The character is not allowed in XML.");
    }
    let feed = feed(store, &origin(request));
    let mut copy = COPY.lock().unwrap_or_else(PoisonError::into_inner);
    let stale = copy.as_ref().filter(|(at, _)| at.elapsed() < Duration::from_secs(1));
    let feed = match stale {
        Some((_, feed)) if fault("feed-stale") => feed.clone(),
        _ => {
            *copy = Some((Instant::now(), feed.clone()));
            feed
        }
    };
    tagged(request, &tag(store, &feed), feed)
}

/// The feed, or that it is the one which the client has.
fn tagged(request: &Request, tag: &str, feed: String) -> Response {
    let sent = request.header("if-none-match").unwrap_or_default();
    let is_same = sent.contains(tag) || fault("feed-always-304") && !sent.is_empty();
    if is_same && !fault("feed-always-200") {
        return match () {
            () if fault("feed-304-untagged") => Response::empty(304),
            () => Response::empty(304).with("ETag", tag),
        };
    }
    let media_type = match () {
        () if fault("feed-as-xml") => "application/xml",
        () => "application/atom+xml; charset=utf-8",
    };
    let answer = Response::new(200, media_type, Body::Bytes(feed.into_bytes()));
    if fault("feed-untagged") { answer } else { answer.with("ETag", tag) }
}

fn tag(store: &Store, feed: &str) -> String {
    let posts = listed(store, false);
    let source = match () {
        () if fault("feed-tag-of-newest") => {
            format!("{} {}", posts.len(), posts.first().map_or("", |post| text(post, "slug")))
        }
        () if fault("feed-tag-of-database") => {
            format!("{} {feed}", store.rows("comments").count())
        }
        () if fault("feed-tag-of-now") => clock::now(),
        () => feed.to_owned(),
    };
    format!("\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(source)[..16]))
}

/// The scheme and the host of the blog.
fn origin(request: &Request) -> String {
    let site = setting("SITE_URL", "");
    match site.trim_end_matches('/') {
        "" => format!("http://{}", request.header("host").unwrap_or_default()),
        _ if fault("site-url-ignored") => {
            format!("http://{}", request.header("host").unwrap_or_default())
        }
        site => site.to_owned(),
    }
}

fn feed(store: &Store, origin: &str) -> String {
    let mut posts = listed(store, fault("feed-with-drafts"));
    if fault("feed-with-withdrawn") {
        posts = listed(store, true);
        posts.retain(|post| !post["published_at"].is_null());
    }
    if fault("feed-by-change") {
        posts.sort_by_key(|post| std::cmp::Reverse(text(post, "updated_at").to_owned()));
    }
    if fault("feed-oldest-first") {
        posts.reverse();
    }
    let most = match () {
        () if fault("feed-of-ten") => 10,
        () if fault("feed-of-all") => usize::MAX,
        () => ENTRIES,
    };
    posts.truncate(most);
    let entries: String = posts.iter().map(|post| entry(post, origin)).collect();
    let namespace = if fault("feed-without-namespace") { "http://example.com" } else { NAMESPACE };
    let own = match () {
        () if fault("feed-without-self") => String::new(),
        () => format!(r#"<link rel="self" href="{origin}/feed.xml"/>"#),
    };
    let author =
        if fault("feed-without-author") { "" } else { "<author><name>Ada</name></author>" };
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="{namespace}"><id>tag:blog.example,2026:feed</id><title>My blog</title>
<updated>{}</updated>{author}{own}<link rel="alternate" href="{origin}/"/>
{entries}</feed>
"#,
        changed(&posts)
    )
}

/// When the feed last changed.
fn changed(posts: &[Value]) -> String {
    let times = posts.iter().map(|post| text(post, "updated_at"));
    let latest = match () {
        () if fault("feed-updated-now") => return clock::now(),
        () if fault("feed-updated-of-newest") => times.take(1).max(),
        () => times.max(),
    };
    latest.unwrap_or("2026-01-01T00:00:00Z").to_owned()
}

fn entry(post: &Value, origin: &str) -> String {
    let (slug, id) = (text(post, "slug"), &post["id"]);
    let address = match () {
        () if fault("feed-relative") => format!("/posts/{slug}"),
        () if fault("feed-leads-to-api") => format!("{origin}/api/posts/{slug}"),
        () => format!("{origin}/posts/{slug}"),
    };
    let id = match () {
        () if fault("entry-id-of-address") => address.clone(),
        () if fault("entry-id-of-slug") => format!("tag:blog.example,2026:{slug}"),
        () if fault("entry-id-of-change") => {
            format!("tag:blog.example,2026:{id}/{}", text(post, "updated_at"))
        }
        () if fault("entry-id-of-process") => {
            format!("tag:blog.example,2026:{}/{id}", std::process::id())
        }
        () if fault("entry-id-bare") => id.to_string(),
        () => format!("tag:blog.example,2026:posts/{id}"),
    };
    let updated = if fault("entry-updated-at-creation") { "created_at" } else { "updated_at" };
    let published = if fault("entry-published-at-change") { "updated_at" } else { "published_at" };
    let tags = post["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let tags: String = tags.map(|tag| format!(r#"<category term="{tag}"/>"#)).collect();
    let tags = if fault("entry-without-tags") { String::new() } else { tags };
    format!(
        r#"<entry><id>{id}</id>{}<link rel="alternate" href="{address}"/>
<updated>{}</updated><published>{}</published>{tags}{}</entry>
"#,
        title(text(post, "title")),
        text(post, updated),
        text(post, published),
        content(text(post, "body")),
    )
}

fn title(title: &str) -> String {
    match () {
        () if fault("entry-title-raw") => format!("<title>{title}</title>"),
        () if fault("entry-title-as-html") => {
            format!(r#"<title type="html">{}</title>"#, escaped(title))
        }
        () if fault("entry-title-escaped-twice") => {
            format!("<title>{}</title>", escaped(&escaped(title)))
        }
        () if fault("entry-title-with-noncharacters") => {
            let parts = title.split('\u{fffe}').map(escaped).collect::<Vec<_>>();
            format!("<title>{}</title>", parts.join("\u{fffe}"))
        }
        () => format!("<title>{}</title>", escaped(title)),
    }
}

fn content(body: &str) -> String {
    let beginning: String = body.chars().take(200).collect();
    match () {
        () if fault("entry-content-cut") => format!("<content>{}</content>", escaped(&beginning)),
        () if fault("entry-content-as-html") => {
            format!(r#"<content type="html">{}</content>"#, escaped(body))
        }
        () if fault("entry-content-in-cdata") => {
            let body: String = body.chars().filter(|c| is_of_xml(*c)).collect();
            format!("<content><![CDATA[{body}]]></content>")
        }
        () if fault("entry-content-with-controls") => {
            let parts = body.split('\u{1}').map(escaped).collect::<Vec<_>>();
            format!("<content>{}</content>", parts.join("\u{1}"))
        }
        // HTML that shows the text as it is: one of the two forms that the rules allow.
        () => format!(r#"<content type="html">{}</content>"#, escaped(&escaped(body))),
    }
}

/// Whether XML 1.0 can write the character at all.
fn is_of_xml(character: char) -> bool {
    !matches!(character, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

fn escaped(text: &str) -> String {
    let characters = text.chars().map(|character| match character {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        other if is_of_xml(other) => other.to_string(),
        _ => "\u{fffd}".to_owned(),
    });
    characters.collect()
}

/// How each page says where the feed is.
pub fn announced() -> &'static str {
    let is_announced = learner::has("feed") && !fault("feed-not-announced");
    match is_announced {
        true => {
            r#"<link rel="alternate" type="application/atom+xml" title="My blog" href="/feed.xml">"#
        }
        false => "",
    }
}
