//! A post as clients send it, and the rules for its fields.

use serde::Deserialize;

use super::post::{NewPost, PostChange, PostFilter};
use crate::input::{Checker, Field, FieldErrors, Paging, text};

const MOST_TAGS: usize = 10;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PostInput {
    title: Field<String>,
    body: Field<String>,
    tags: Field<Vec<String>>,
    published: Field<bool>,
}

impl PostInput {
    /// For a new post: what is left out is missing, or has a default.
    pub fn into_new(self) -> Result<NewPost, FieldErrors> {
        let mut check = Checker::default();
        let post = NewPost {
            title: check.required("title", self.title, title),
            body: check.required("body", self.body, body),
            tags: check.optional("tags", self.tags, tags).unwrap_or_default(),
            published: check.optional("published", self.published, Ok).unwrap_or_default(),
        };
        check.finish(post)
    }

    /// For a post that exists: what is left out stays as it is.
    pub fn into_change(self) -> Result<PostChange, FieldErrors> {
        let mut check = Checker::default();
        let change = PostChange {
            title: check.optional("title", self.title, title),
            body: check.optional("body", self.body, body),
            tags: check.optional("tags", self.tags, tags),
            published: check.optional("published", self.published, Ok),
        };
        check.finish(change)
    }
}

/// The query of the list of posts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PostQuery {
    tag: Field<String>,
    q: Field<String>,
    page: Field<String>,
    per_page: Field<String>,
}

impl PostQuery {
    pub fn check(self) -> Result<(PostFilter, Paging), FieldErrors> {
        let mut check = Checker::default();
        let filter = PostFilter {
            tag: check.optional("tag", self.tag, text::search),
            search: check.optional("q", self.q, text::search),
        };
        let paging = Paging::read(&mut check, self.page, self.per_page);
        check.finish((filter, paging))
    }
}

fn title(title: String) -> Result<String, String> {
    text::line(&title, 1..=200)
}

fn body(body: String) -> Result<String, String> {
    text::lines(&body, 1..=100_000)
}

fn tags(sent: Vec<String>) -> Result<Vec<String>, String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in sent.iter().map(|tag| tag.trim()) {
        if !is_tag(tag) {
            return Err("must each be 1 to 30 of the characters a-z, 0-9 and -".to_owned());
        }
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    if tags.len() > MOST_TAGS {
        return Err(format!("must be at most {MOST_TAGS}"));
    }
    Ok(tags)
}

fn is_tag(tag: &str) -> bool {
    (1..=30).contains(&tag.len())
        && tag.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}
