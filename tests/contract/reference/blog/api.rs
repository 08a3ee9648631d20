//! blog: posts and comments as JSON.

use super::accounts;
use super::archive;
use super::caching;
use super::comments::{add, of_post, read_comment, shown};
use super::csrf;
use super::excerpt;
use super::fields::post_fields;
use super::markdown;
use super::pages;
use super::roles;
use super::search;
use super::slug;
use super::uploads;
use crate::reference::clock;
use crate::reference::faults::{fault, param};
use crate::reference::form::{Absent, Form};
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::list::{self, Query};
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::server::Project;
use crate::reference::store::{self, Store};
use crate::reference::tasks::api::neighbour_changed;
use serde_json::{Map, Value, json};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

pub struct Blog {
    store: Mutex<Store>,
    /// Whether the milestone of that name is met.
    accounts: bool,
}

type Answer = Result<Response, Response>;
/// What is left of refused fields, for the fault that stores it, and the refusal.
type Refused = Box<(Value, Response)>;

impl Project for Blog {
    fn answer(&self, request: &Request) -> Response {
        let path = request.segments();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        if let Some(refusal) = csrf::refusal(request) {
            return refusal;
        }
        if let Some(done) = uploads::answer(&mut self.lock(), request, &path) {
            return done.unwrap_or_else(|refusal| refusal);
        }
        let new =
            if self.accounts { accounts::answer(&mut self.lock(), request, &path) } else { None };
        let new = new.or_else(|| roles::answer(&mut self.lock(), request, &path));
        let new = new.or_else(|| search::answer(&self.lock(), request, &path));
        let done = new.unwrap_or_else(|| self.routed(request, &path));
        let answer = done.unwrap_or_else(|refusal| refusal);
        let answer = csrf::opened(answer);
        if self.accounts {
            let store = self.lock();
            let answer = accounts::dress(&store, request, answer);
            return caching::conditional(&store, request, answer);
        }
        answer
    }

    fn error_page(&self, status: u16) -> Response {
        pages::error(status)
    }

    fn close(&self) {
        self.lock().close();
    }
}

impl Blog {
    pub fn new(mut store: Store, accounts: bool) -> Self {
        excerpt::begin(&mut store);
        markdown::begin(&mut store);
        roles::begin(&mut store);
        search::begin();
        Self { store: Mutex::new(store), accounts }
    }

    fn lock(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn routed(&self, request: &Request, path: &[&str]) -> Answer {
        match (path, request.method.as_str()) {
            (["api", "posts"], "GET" | "HEAD") => self.list(request),
            (["api", "posts"], "POST") => self.create(request),
            (["api", "posts", slug], "GET" | "HEAD") => self.post(slug),
            (["api", "posts", slug], "PATCH") => self.change(request, slug),
            (["api", "posts", slug], "DELETE") => self.delete(slug),
            (["api", "posts", _], _) => Ok(method_not_allowed("GET, HEAD, PATCH, DELETE")),
            (["api", "posts", slug, "comments"], "GET" | "HEAD") => self.comments(request, slug),
            (["api", "posts", slug, "comments"], "POST") => self.comment(request, slug),
            (["api", "posts"] | ["api", "posts", _, "comments"], _) => {
                Ok(method_not_allowed("GET, HEAD, POST"))
            }
            (["api", "archive"], "GET" | "HEAD") if learner::has("archive") => {
                Ok(archive::answer(&self.lock()))
            }
            (["api", ..], _) => Ok(ids::unknown_path()),
            (path, method) => pages::answer(&mut self.lock(), request, path, method),
        }
    }

    fn post(&self, slug: &str) -> Answer {
        let post = post_of_slug(&self.lock(), slug)?;
        if fault("draft-hidden-in-api") && post["published"] == false {
            return Err(ids::absent());
        }
        Ok(Response::json(200, post))
    }

    fn create(&self, request: &Request) -> Answer {
        let object = body::object(request)?;
        let fields = match read(&object, None) {
            Ok(fields) => fields,
            Err(refused) => {
                let (fields, refusal) = *refused;
                if fault("invalid-stored") {
                    insert(&mut self.lock(), fields, &Map::new());
                }
                return Err(refusal);
            }
        };
        let mut store = self.lock();
        let mut fields = fields;
        roles::sign(&store, request, &mut fields, &object);
        let base = slug::slug(fields["title"].as_str().unwrap_or_default());
        if store.find("posts", "slug", &base).is_some() {
            if fault("slug-taken-409") {
                return Err(problem(409, "There is a post of this title."));
            }
            if fault("slug-taken-500") {
                return Err(problem(500, "The slug is not unique."));
            }
        }
        let post = insert(&mut store, fields, &object);
        let location = format!("/api/posts/{}", post["slug"].as_str().unwrap_or_default());
        Ok(Response::created(post, location))
    }

    fn change(&self, request: &Request, slug: &str) -> Answer {
        post_of_slug(&self.lock(), slug)?;
        let object = body::object(request)?;
        if object.is_empty() && fault("empty-change-422") {
            return Err(problem(422, "There is nothing to change."));
        }
        let mut before = post_of_slug(&self.lock(), slug)?;
        if fault("change-in-pieces") && !object.contains_key("published") {
            let changed = read(&object, Some(&before)).map_err(|refused| refused.1)?;
            return Ok(Response::json(
                200,
                store::in_pieces(&self.store, "posts", &changed, &object),
            ));
        }
        if fault("lost-update") {
            // Others change it meanwhile, and their change is written over.
            sleep(Duration::from_millis(40));
        }
        let mut store = self.lock();
        if !fault("lost-update") {
            before = post_of_slug(&store, slug)?;
        }
        let previous = if fault("patch-replaces") { None } else { Some(&before) };
        let changed = match read(&object, previous) {
            Ok(fields) => fields,
            Err(refused) => {
                let (fields, refusal) = *refused;
                if fault("invalid-stored") {
                    written(&mut store, &before, fields);
                }
                if fault("patch-unchecked") {
                    return Ok(Response::json(200, before));
                }
                return Err(refusal);
            }
        };
        let after = written(&mut store, &before, changed);
        let shown = if fault("change-answers-old") { before } else { after };
        Ok(Response::json(200, shown))
    }

    fn delete(&self, slug: &str) -> Answer {
        let mut store = self.lock();
        let post = match post_of_slug(&store, slug) {
            Ok(post) => post,
            Err(_) if fault("deleted-again-204") => return Ok(Response::empty(204)),
            Err(refusal) => return Err(refusal),
        };
        if fault("delete-keeps") {
            return Ok(Response::empty(204));
        }
        if !fault("comment-left-behind") {
            for comment in of_post(&store, &post) {
                store.remove("comments", comment["id"].as_u64().unwrap_or_default());
            }
        }
        let id = post["id"].as_u64().unwrap_or_default();
        store.remove("posts", id);
        if fault("neighbour-deleted") && store.get("posts", id - 1).is_some() {
            store.remove("posts", id - 1);
        }
        store.commit();
        Ok(Response::empty(204))
    }

    fn list(&self, request: &Request) -> Answer {
        let mut query = Query::new(request, &["tag", "q", "page", "per_page"]);
        let page = query.page();
        let tag = query.text("tag");
        let text = query.text("q");
        query.finish()?;
        if fault("q-quote-500") && text.as_deref().is_some_and(|text| text.contains('\'')) {
            return Err(problem(500, "Unrecognised token."));
        }
        let store = self.lock();
        let mut rows = listed(&store, fault("drafts-listed"));
        let whole = rows.len();
        rows.retain(|post| {
            tag.as_ref().is_none_or(|tag| tagged(post, tag))
                && text.as_ref().is_none_or(|text| list::holds(post, &["title", "body"], text))
                || list::passes_filters(post, "body", text.as_deref())
        });
        let count = if fault("drafts-counted") { store.rows("posts").count() } else { rows.len() };
        let extra = count - count.min(rows.len());
        let mut answer = page.object(excerpt::listed(rows), whole);
        if extra > 0 {
            answer["total"] = json!(count);
        }
        Ok(page.checked(Response::json(200, answer)))
    }

    fn comment(&self, request: &Request, slug: &str) -> Answer {
        let post = post_of_slug(&self.lock(), slug)?;
        let object = body::object(request)?;
        let comment = read_comment(&object).map_err(|(_, refusal)| refusal);
        if let (Err(_), true) = (&comment, fault("invalid-stored")) {
            add(&mut self.lock(), &post, json!({"author": "x", "body": "x"}));
        }
        let comment = comment?;
        let mut store = self.lock();
        let post = post_of_slug(&store, slug)?;
        if post["published"] == false && !fault("draft-commented") {
            let status = if fault("draft-comment-404") { 404 } else { 409 };
            return Err(problem(status, "The post is not published."));
        }
        let comment = shown(add(&mut store, &post, comment));
        if fault("comment-location") {
            return Ok(Response::created(comment, "/api/comments/0"));
        }
        Ok(Response::json(201, comment))
    }

    fn comments(&self, request: &Request, slug: &str) -> Answer {
        let store = self.lock();
        let post = post_of_slug(&store, slug)?;
        let mut query = Query::new(request, &["page", "per_page"]);
        let page = query.page();
        query.finish()?;
        let mut rows: Vec<Value> = of_post(&store, &post).into_iter().map(shown).collect();
        if rows.is_empty() && fault("no-comments-404") {
            return Err(ids::absent());
        }
        list::sort(&mut rows, fault("comments-newest-first"), list::by_text("created_at"));
        let whole = store.rows("comments").count();
        Ok(page.answer(rows, whole))
    }
}

/// The post of this slug.
pub fn post_of_slug(store: &Store, slug: &str) -> Result<Value, Response> {
    store.find("posts", "slug", slug).cloned().ok_or_else(ids::absent)
}

/// What lists show: newest publication first.
pub fn listed(store: &Store, drafts: bool) -> Vec<Value> {
    let mut rows: Vec<Value> =
        store.rows("posts").filter(|post| drafts || post["published"] == true).cloned().collect();
    let by = if fault("posts-by-creation") { "created_at" } else { "published_at" };
    list::sort(&mut rows, !fault("oldest-first"), list::by_text(by));
    rows
}

pub fn tagged(post: &Value, tag: &str) -> bool {
    let mut tags = post["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
    tags.any(|other| list::equals(other, tag))
}

/// The fields of a post from the sent object; a missing field has its previous value, or its default.
fn read(object: &Map<String, Value>, previous: Option<&Value>) -> Result<Value, Refused> {
    let known = post_fields();
    let mut form = Form::new(object, &known);
    let mut post = previous.cloned().unwrap_or_else(|| json!({}));
    let default = |name: &str| match name {
        "tags" if param("default-wrong") == Some("tags") => json!(["news"]),
        "published" => json!(param("default-wrong") == Some("published")),
        "tags" => json!([]),
        "excerpt" => excerpt::default(),
        "format" => markdown::default(),
        _ => json!("x"),
    };
    for name in &known {
        let absent = match (previous, *name) {
            (Some(previous), _) => Absent::Becomes(previous[*name].clone()),
            (None, "title" | "body") => Absent::Refused,
            (None, _) => Absent::Becomes(default(name)),
        };
        post[*name] = form.take(&format!("post.{name}"), absent);
    }
    excerpt::distort(&mut post, object, previous);
    markdown::distort(&mut post, object, previous);
    let broken: Vec<String> = form.errors.keys().cloned().collect();
    form.finish().map(|()| post.clone()).map_err(|refusal| {
        for name in broken {
            post[&name] =
                previous.map_or_else(|| default(&name), |previous| previous[&name].clone());
        }
        Box::new((post, refusal))
    })
}

fn insert(store: &mut Store, mut post: Value, sent: &Map<String, Value>) -> Value {
    let id = store.next_id("posts");
    let base = slug::slug(post["title"].as_str().unwrap_or_default());
    let taken = |slug: &str| store.find("posts", "slug", slug).is_some();
    let slug = if fault("slug-shared") { base } else { slug::first_free(base, taken) };
    let now = clock::now();
    post["id"] = json!(id);
    post["slug"] = json!(slug);
    post["created_at"] = json!(now);
    post["updated_at"] = json!(now);
    let published = post["published"] == true && !fault("published-at-missing");
    let at_once = published || fault("published-at-of-draft");
    post["published_at"] = if at_once { json!(now) } else { Value::Null };
    if fault("server-fields-taken") {
        let names = ["slug", "created_at", "updated_at", "published_at"];
        for name in names.iter().filter(|name| sent.contains_key(**name)) {
            post[*name] = sent[*name].clone();
        }
    }
    store.put("posts", id, &post);
    store.commit();
    post
}

fn written(store: &mut Store, before: &Value, mut post: Value) -> Value {
    let id = before["id"].as_u64().unwrap_or_default();
    for name in ["id", "slug", "created_at", "updated_at", "published_at"] {
        post[name] = before[name].clone();
    }
    let now = clock::now();
    let unseen = fault("excerpt-change-unseen") && post["excerpt"] != before["excerpt"]
        || fault("format-change-unseen") && post["format"] != before["format"];
    if post != *before && !fault("updated-at-stays") && !unseen {
        post["updated_at"] = json!(now);
    }
    if fault("created-at-moves") {
        post["created_at"] = json!(now);
    }
    let (was, is) = (before["published"] == true, post["published"] == true);
    let first = before["published_at"].is_null() || fault("published-at-moves");
    if is && !was && first && !fault("published-at-missing") {
        post["published_at"] = json!(now);
    }
    if was && !is && fault("published-at-cleared") {
        post["published_at"] = Value::Null;
    }
    if post["title"] != before["title"] && fault("slug-follows-title") {
        let base = slug::slug(post["title"].as_str().unwrap_or_default());
        let taken = |slug: &str| store.find("posts", "slug", slug).is_some();
        post["slug"] = json!(slug::first_free(base, taken));
    }
    if fault("change-not-stored") {
        return post;
    }
    if was && !is && fault("withdrawal-deletes-comments") {
        for comment in of_post(store, before) {
            store.remove("comments", comment["id"].as_u64().unwrap_or_default());
        }
    }
    neighbour_changed(store, "posts", id);
    store.put("posts", id, &post);
    store.commit();
    post
}
