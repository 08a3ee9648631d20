//! blog: the pages for people.

use super::api::{listed, post_of_slug, tagged};
use super::archive;
use super::comments::{add, of_post, read_comment};
use super::excerpt;
use super::feed;
use super::markdown;
use crate::reference::faults::{fault, param};
use crate::reference::learner;
use crate::reference::list::{Page, Query};
use crate::reference::protocol::http::{Body, Request, Response, pairs};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::protocol::wire::reason;
use crate::reference::store::Store;
use serde_json::{Map, Value, json};

const ON_A_PAGE: u64 = 10;
/// Where a page says who is logged in, with the milestone `accounts`.
pub const WHO: &str = "<!-- who -->";

/// A text as HTML shows it; `place` names where, for the fault that leaves it as it is there.
pub fn escape(place: &str, text: &str) -> String {
    if param("no-escaping") == Some(place) {
        return text.to_owned();
    }
    let evaluated = text.replace("{{ 7*7 }}", "49");
    let text = if fault("templates-evaluated") { &evaluated } else { text };
    let parts = text.chars().map(|c| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        c => c.to_string(),
    });
    let escaped: String = parts.collect();
    if fault("escaped-twice") { escaped.replace('&', "&amp;") } else { escaped }
}

pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

pub fn layout(title: &str, content: &str) -> String {
    let style = r#"<link rel="stylesheet" href="/static/style.css">"#;
    let inline = if fault("page-inline-script") { "<script>1</script>" } else { "" };
    let missing = r#"<script src="/static/none.js"></script>"#;
    let (archive, announced) = (archive::link(), feed::announced());
    let missing = if fault("page-names-missing-file") { missing } else { "" };
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – My blog</title>
{style}{inline}{missing}{announced}
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
</head>
<body>
<header class="site-header"><a class="site-name" href="/">My blog</a>{archive}{WHO}</header>
<main id="content">
{content}
</main>
</body>
</html>
"#
    )
}

pub fn answer(
    store: &mut Store,
    request: &Request,
    path: &[&str],
    method: &str,
) -> Result<Response, Response> {
    let reads = matches!(method, "GET" | "HEAD");
    match path {
        ["feed.xml"] if learner::has("feed") && reads => Ok(feed::answer(store, request)),
        ["archive"] if learner::has("archive") && reads => archive::page(store),
        [""] | ["tags", _] | ["posts", _] if !reads => Err(method_not_allowed("GET, HEAD")),
        ["posts", _, "comments"] if method != "POST" => Err(method_not_allowed("POST")),
        [""] => list(store, request, None),
        ["tags", tag] if !fault("no-tag-pages") => list(store, request, Some(tag)),
        ["posts", slug] => {
            let post = visible(store, slug, fault("draft-shown"))?;
            if markdown::fails(&post) {
                return Err(error(500));
            }
            Ok(page_of(article(store, &post, &json!({}), &[]), 200))
        }
        ["posts", slug, "comments"] => submit(store, request, slug),
        _ => Err(unknown()),
    }
}

pub fn page_of(page: String, status: u16) -> Response {
    if fault("page-as-text") {
        return Response::new(status, "text/plain; charset=utf-8", Body::Bytes(page.into_bytes()));
    }
    Response::html(status, page)
}

pub fn error(status: u16) -> Response {
    let reason = reason(status);
    let title = format!("{status} {reason}");
    let content = format!(
        r#"<section class="welcome"><h1>{reason}</h1><p><a href="/">Back to all posts</a></p></section>"#
    );
    let status = if fault("missing-page-200") { 200 } else { status };
    if fault("missing-page-as-problem") {
        return problem(status, reason);
    }
    if fault("missing-page-unstyled") {
        return Response::html(status, format!("<!doctype html><title>{title}</title>{content}"));
    }
    Response::html(status, layout(&title, &content))
}

pub fn unknown() -> Response {
    error(404)
}

/// The post, unless it is a draft.
fn visible(store: &Store, slug: &str, drafts: bool) -> Result<Value, Response> {
    let post = post_of_slug(store, slug).map_err(|_| unknown())?;
    if post["published"] == true || drafts { Ok(post) } else { Err(unknown()) }
}

fn tags(post: &Value) -> String {
    let tags = post["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let link = |tag: &str| {
        let (href, shown) = (escape("", tag), escape("tag", tag));
        format!(r#"<li><a class="tag" href="/tags/{href}">{shown}</a></li>"#)
    };
    format!(r#"<ul class="tags">{}</ul>"#, tags.map(link).collect::<String>())
}

fn list(store: &Store, request: &Request, tag: Option<&str>) -> Result<Response, Response> {
    let mut query = Query::new(request, &["page"]);
    let number = query.number("page", 1, i64::MAX.cast_unsigned());
    if query.finish().is_err() && !fault("bad-page-first") {
        return Err(error(if fault("bad-page-500") { 500 } else { 422 }));
    }
    let size = if fault("list-of-twenty") { 20 } else { ON_A_PAGE };
    let number = number.filter(|_| !fault("page-parameter-ignored")).unwrap_or(1);
    let page = Page { number, size };
    let mut posts = listed(store, fault("drafts-on-pages"));
    if !fault("tag-page-of-all") {
        posts.retain(|post| tag.is_none_or(|tag| tagged(post, tag)));
    }
    if fault("pages-oldest-first") {
        posts.reverse();
    }
    let all = posts.len() as u64;
    let page = if fault("pages-past-end-first")
        && posts.len() as u64 <= (number - 1).saturating_mul(size)
    {
        Page { number: 1, size }
    } else {
        page
    };
    let posts = page.of(posts);
    if posts.is_empty() && (number > 1 || tag.is_some()) {
        if let (Some(tag), Some("address")) = (tag, param("no-escaping")) {
            return Ok(Response::html(
                404,
                layout("Not Found", &format!("<h1>Nothing: {tag}</h1>")),
            ));
        }
        return Err(unknown());
    }
    let cards: String = posts.iter().map(card).collect();
    let next = number.saturating_mul(size) < all || fault("next-at-end");
    let previous = number > 1 || fault("prev-at-start");
    let link = |has_page: bool, rel: &str, number: u64, text: &str| {
        let left_out = param("no-link") == Some(rel) || !has_page;
        let href = if fault("links-lead-away") { "/?page=1" } else { "?page=" };
        let number = if fault("links-lead-away") { String::new() } else { number.to_string() };
        if left_out {
            return String::new();
        }
        format!(r#"<a rel="{rel}" href="{href}{number}">{text}</a>"#)
    };
    let links = format!(
        r#"<nav class="pages">{}{}</nav>"#,
        link(previous, "prev", number.saturating_sub(1), "Newer posts"),
        link(next, "next", number.saturating_add(1), "Older posts"),
    );
    let title = tag.map_or("Posts".to_owned(), |tag| format!("Posts about {}", escape("", tag)));
    let content = format!("<h1>{title}</h1>\n<div class=\"posts\">{cards}</div>\n{links}");
    Ok(page_of(layout(&title, &content), 200))
}

fn card(post: &Value) -> String {
    let (place, summary) = excerpt::summary(post);
    format!(
        r#"<article class="card"><h2><a href="/posts/{}">{}</a></h2><p class="summary">{}</p>{}</article>
"#,
        escape("", text(post, "slug")),
        escape("list-title", text(post, "title")),
        markdown::other(fault("lists-rendered"), place, &summary),
        tags(post),
    )
}

/// The article with its comments and the form, with what was typed into it.
fn article(store: &Store, post: &Value, typed: &Value, broken: &[String]) -> String {
    let comments = of_post(store, post);
    let shown = comments.iter().filter(|_| !fault("comments-not-shown")).map(|comment| {
        format!(
            r#"<article class="comment"><p class="meta"><strong>{}</strong></p><div class="text">{}</div></article>
"#,
            escape("comment-author", text(comment, "author")),
            markdown::other(fault("comments-rendered"), "comment-body", text(comment, "body")),
        )
    });
    let title = text(post, "title");
    let body = if fault("body-not-shown") { String::new() } else { markdown::body(post) };
    let content = format!(
        r#"<article><header><h1>{}</h1>{}</header><div class="text">{}</div></article>
<section class="comments"><h2>Comments</h2>
{}{}</section>"#,
        markdown::other(fault("titles-rendered"), "title", title),
        tags(post),
        body,
        shown.collect::<String>(),
        if fault("no-form") { String::new() } else { form(post, typed, broken) },
    );
    layout(&escape("head-title", title), &content)
}

fn form(post: &Value, typed: &Value, broken: &[String]) -> String {
    let typed_in = |name: &str| {
        let value = if fault("typed-text-lost") { "" } else { text(typed, name) };
        escape(if name == "author" { "typed-author" } else { "typed-body" }, value)
    };
    let is_broken = |name: &str| broken.iter().any(|field| field == name);
    let mark = |name: &str| {
        let all = fault("all-marked") && !broken.is_empty();
        let marked = (is_broken(name) || all) && !fault("not-marked");
        if marked { r#" aria-invalid="true""# } else { "" }
    };
    let message = |name: &str| {
        if !is_broken(name) || fault("no-message") {
            return String::new();
        }
        format!(
            r#"<p class="error" id="{name}-error">This is needed, and must not be too long.</p>"#
        )
    };
    let described = |name: &str| {
        let there = is_broken(name) && !fault("no-message");
        if there { format!(r#" aria-describedby="{name}-error""#) } else { String::new() }
    };
    let other_names = fault("form-names");
    let (author, body) = if other_names { ("name", "text") } else { ("author", "body") };
    let slug = escape("", text(post, "slug"));
    let method = if fault("form-needs-script") { "dialog" } else { "post" };
    format!(
        r#"<form method="{method}" action="/posts/{slug}/comments" novalidate>
<p><label for="author">Name</label>
<input id="author" name="{author}" value="{}"{}{}>{}</p>
<p><label for="body">Comment</label>
<textarea id="body" name="{body}" rows="6"{}{}>
{}</textarea>{}</p>
<p><button>Send</button></p>
</form>"#,
        typed_in("author"),
        mark("author"),
        described("author"),
        message("author"),
        mark("body"),
        described("body"),
        typed_in("body"),
        message("body"),
    )
}

/// The form, sent.
fn submit(store: &mut Store, request: &Request, slug: &str) -> Result<Response, Response> {
    let post = visible(store, slug, fault("draft-form-open"))?;
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(error(415));
    }
    let sent = String::from_utf8_lossy(&request.body).into_owned();
    let mut typed = Map::new();
    for (name, value) in pairs(&sent) {
        // As from a browser: line breaks come as CRLF.
        typed.insert(name, json!(value.replace("\r\n", "\n")));
    }
    let target = format!("/posts/{slug}");
    let moved = |target: &str| Response::empty(303).with("Location", target);
    match read_comment(&typed) {
        Ok(comment) => {
            if !fault("form-stores-nothing") {
                add(store, &post, comment);
            }
            if fault("form-200") {
                return Ok(page_of(article(store, &post, &json!({}), &[]), 200));
            }
            Ok(moved(if fault("form-leads-home") { "/" } else { &target }))
        }
        Err(_) if fault("broken-form-303") => Ok(moved(&target)),
        Err(_) if fault("broken-form-500") => Err(error(500)),
        Err((broken, _)) => {
            if fault("broken-form-stored") {
                add(store, &post, json!({"author": "x", "body": "x"}));
            }
            let status = if fault("broken-form-200") { 200 } else { 422 };
            let typed = Value::Object(typed);
            Ok(page_of(article(store, &post, &typed, &broken), status))
        }
    }
}
