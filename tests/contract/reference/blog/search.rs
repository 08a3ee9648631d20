//! blog, milestone `search`: published posts by their words, in any English form, best first.

use super::api::listed;
use super::excerpt;
use super::words::{Term, query, words};
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::list::Query;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{invalid, method_not_allowed, problem};
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

type Answer = Result<Response, Response>;

/// So many characters of a query are searched for.
const LONGEST: usize = 200;
/// How much more a word in the title counts than one in the body.
const TITLE_WEIGHT: f64 = 10.0;
/// How soon a repeated word counts for little, and how much a long text counts against it (BM25).
const SATURATION: f64 = 1.2;
const LENGTH_SHARE: f64 = 0.75;

/// The index: a post's words, by the id of the post.
static INDEX: Mutex<BTreeMap<u64, Document>> = Mutex::new(BTreeMap::new());
/// When the server was started, for the fault that has its index in memory alone.
static STARTED: OnceLock<String> = OnceLock::new();

#[derive(Clone)]
struct Document {
    post: Value,
    title: Vec<String>,
    body: Vec<String>,
}

/// Notes when the server was started.
pub fn begin() {
    STARTED.get_or_init(clock::now);
}

/// The answer, if the address is one of this milestone, or the refusal.
pub fn answer(store: &Store, request: &Request, path: &[&str]) -> Option<Answer> {
    if !learner::has("search") || path != ["api", "search"] {
        return None;
    }
    match request.method.as_str() {
        "GET" | "HEAD" => Some(list(store, request)),
        "POST" if fault("search-by-post") => Some(list(store, request)),
        _ => Some(Ok(method_not_allowed("GET, HEAD"))),
    }
}

fn list(store: &Store, request: &Request) -> Answer {
    let mut parameters = Query::new(request, &["q", "page", "per_page"]);
    let page = parameters.page();
    if !fault("search-pages-unchecked") {
        parameters.finish()?;
    }
    let text = checked(request.query("q").unwrap_or_default())?;
    let terms = query(&text);
    let mut posts = search(store, &terms);
    let hidden = if fault("search-counts-drafts") { drafts_matching(store, &terms) } else { 0 };
    if fault("search-first-page-alone") {
        posts.truncate(usize::try_from(page.size).unwrap_or(usize::MAX));
    }
    let mut answer = page.object(excerpt::listed(posts), store.rows("posts").count());
    if hidden > 0 {
        answer["total"] = json!(answer["total"].as_u64().unwrap_or_default() + hidden as u64);
    }
    if let (true, Some(items)) = (fault("search-in-part"), answer["items"].as_array_mut()) {
        for item in items {
            *item = json!({"slug": item["slug"], "title": item["title"]});
        }
    }
    Ok(page.checked(Response::json(200, answer)))
}

/// The query's text, if it can be searched for.
fn checked(text: &str) -> Result<String, Response> {
    let refused = |why: &str| Err(invalid([("q".to_owned(), vec![why.to_owned()])].into()));
    let broken = text.matches('"').count() % 2 == 1 && fault("search-quote-500")
        || text.contains('(') && fault("search-parenthesis-500")
        || text.contains('\0') && fault("search-nul-500")
        || text.trim().is_empty() && fault("search-empty-500")
        || text.split_whitespace().count() > 30 && fault("search-many-words-500");
    if broken {
        return Err(problem(500, "The query has an error in its syntax."));
    }
    if text.contains('\0') {
        return refused("must not contain NUL");
    }
    let longest = if fault("search-short-queries") { 100 } else { LONGEST };
    if text.chars().count() > longest {
        return match fault("search-long-500") {
            true => Err(problem(500, "The query is too long.")),
            false => refused("must have at most 200 characters"),
        };
    }
    Ok(text.to_owned())
}

fn drafts_matching(store: &Store, terms: &[Term]) -> usize {
    let drafts = documents(store, listed(store, true));
    drafts.iter().filter(|it| it.post["published"] == false && matches(it, terms)).count()
}

/// The posts that have all these words, best first, then newest first.
fn search(store: &Store, terms: &[Term]) -> Vec<Value> {
    let is_wide = fault("search-with-drafts") || fault("search-with-withdrawn");
    let mut posts = listed(store, is_wide);
    posts.retain(|post| fault("search-with-drafts") || !post["published_at"].is_null());
    if terms.is_empty() {
        return if fault("search-empty-is-all") { posts } else { Vec::new() };
    }
    if fault("search-ties-oldest-first") {
        posts.reverse();
    }
    let documents = documents(store, posts);
    let lengths = documents.iter().map(|it| it.title.len() + it.body.len()).sum::<usize>();
    let average = lengths as f64 / documents.len().max(1) as f64;
    let mut ranked: Vec<(f64, &Document)> = documents
        .iter()
        .filter(|document| matches(document, terms))
        .map(|document| (score(document, terms, average), document))
        .collect();
    match () {
        () if fault("search-newest-first") => {}
        () if fault("search-worst-first") => ranked.sort_by(|a, b| a.0.total_cmp(&b.0)),
        () => ranked.sort_by(|a, b| b.0.total_cmp(&a.0)),
    }
    ranked.into_iter().map(|(_, document)| document.post.clone()).collect()
}

/// The words of these posts, from the index where they are in it.
fn documents(store: &Store, posts: Vec<Value>) -> Vec<Document> {
    let mut index = INDEX.lock().unwrap_or_else(PoisonError::into_inner);
    let recent = clock::text(clock::micros() - 500_000);
    let mut documents = Vec::new();
    for post in posts {
        let created = post["created_at"].as_str().unwrap_or_default();
        let is_lost = fault("search-index-in-memory")
            && STARTED.get().is_some_and(|started| created < started.as_str());
        let is_late = fault("search-index-late") && created > recent.as_str();
        if is_lost || is_late {
            continue;
        }
        let id = post["id"].as_u64().unwrap_or_default();
        let known = index.get(&id).filter(|known| known.post == post);
        let document = match (known, index.get(&id)) {
            (Some(known), _) => known.clone(),
            (None, Some(old)) if fault("search-change-unseen") => {
                Document { post: post.clone(), ..old.clone() }
            }
            (None, _) => indexed(&post),
        };
        index.insert(id, document.clone());
        documents.push(document);
    }
    if fault("search-deleted-listed") {
        let gone = index.iter().filter(|(id, _)| store.get("posts", **id).is_none());
        documents.extend(gone.map(|(_, document)| document.clone()));
    }
    documents
}

fn indexed(post: &Value) -> Document {
    let text = |name: &str| post[name].as_str().unwrap_or_default();
    let (title, mut body) = (words(text("title")), text("body").to_owned());
    if fault("search-beginning-alone") {
        body = body.chars().take(1000).collect();
    }
    if fault("search-in-slugs") {
        body += &format!(" {}", text("slug"));
    }
    if fault("search-in-tags") {
        for tag in post["tags"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            body += &format!(" {tag}");
        }
    }
    Document { post: post.clone(), title, body: words(&body) }
}

fn count(words: &[String], term: &Term) -> usize {
    words.iter().filter(|word| term.fits(word)).count()
}

fn matches(document: &Document, terms: &[Term]) -> bool {
    let in_title = |term: &Term| count(&document.title, term) > 0;
    let in_body = |term: &Term| count(&document.body, term) > 0;
    let both: Vec<String> = [document.title.clone(), document.body.clone()].concat();
    match () {
        () if fault("search-any-word") => terms.iter().any(|term| in_title(term) || in_body(term)),
        () if fault("search-title-alone") => terms.iter().all(in_title),
        () if fault("search-body-alone") => terms.iter().all(in_body),
        () if fault("search-in-one-field") => {
            terms.iter().all(in_title) || terms.iter().all(in_body)
        }
        () if fault("search-as-phrase") => both
            .windows(terms.len())
            .any(|part| part.iter().zip(terms).all(|(word, term)| term.fits(word))),
        () => terms.iter().all(|term| in_title(term) || in_body(term)),
    }
}

fn score(document: &Document, terms: &[Term], average: f64) -> f64 {
    let weight = if fault("search-title-as-body") { 1.0 } else { TITLE_WEIGHT };
    let length = (document.title.len() + document.body.len()) as f64 / average.max(1.0);
    let base = SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * length);
    let each = terms.iter().map(|term| {
        let (title, body) = (count(&document.title, term), count(&document.body, term));
        let (title, body) =
            if fault("search-counts-once") { (title.min(1), body.min(1)) } else { (title, body) };
        let frequency = weight * title as f64 + body as f64;
        frequency * (SATURATION + 1.0) / (frequency + base)
    });
    each.sum()
}
