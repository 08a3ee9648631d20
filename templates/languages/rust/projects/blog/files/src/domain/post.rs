//! A post, and the rules for its fields.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::{
    error::Error,
    input::{Fields, Paging, rule},
};

const MAX_TAGS: usize = 10;

#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct Post {
    pub id: i64,
    pub slug: String,
    #[serde(flatten)]
    #[sqlx(flatten)]
    pub content: PostContent,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// When it was first published; it stays when the post is withdrawn.
    pub published_at: Option<DateTime<Utc>>,
}

/// The part of a post that its author writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct PostContent {
    pub title: String,
    pub body: String,
    #[sqlx(json)]
    pub tags: Vec<String>,
    pub published: bool,
}

impl PostContent {
    pub fn read(mut fields: Fields) -> Result<Self, Error> {
        let content = Self {
            title: fields.required("title", rule::line(1..=200)),
            body: fields.required("body", rule::lines(1..=100_000)),
            tags: fields.optional("tags", tags).unwrap_or_default(),
            published: fields
                .optional("published", rule::choice(&[false, true]))
                .unwrap_or_default(),
        };
        fields.finish(content)
    }
}

impl Post {
    /// The post with another content. Its slug stays, for links lead to it.
    pub fn with(&self, content: PostContent) -> Self {
        // Later than before, even where the clock was set back.
        let now = Utc::now().max(self.updated_at + TimeDelta::microseconds(1));
        let published_at = self.published_at.or(content.published.then_some(now));
        Self {
            content,
            updated_at: now,
            published_at,
            ..self.clone()
        }
    }

    /// The beginning of the body, for a list.
    pub fn summary(&self) -> String {
        const MAX_CHARACTERS: usize = 240;
        let body = self.content.body.trim();
        match body.char_indices().nth(MAX_CHARACTERS) {
            Some((end, _)) => {
                let words = body[..end].rsplit_once(char::is_whitespace);
                format!(
                    "{}…",
                    words.map_or(&body[..end], |(before, _)| before.trim_end())
                )
            }
            None => body.to_owned(),
        }
    }
}

/// Which of the published posts a list shows.
#[derive(Debug)]
pub struct PostFilter {
    pub tag: Option<String>,
    pub search: Option<String>,
    pub paging: Paging,
}

impl PostFilter {
    pub fn read(mut query: Fields) -> Result<Self, Error> {
        let filter = Self {
            tag: query.optional("tag", rule::search),
            search: query.optional("q", rule::search),
            paging: Paging::read(&mut query),
        };
        query.finish(filter)
    }
}

/// Each tag once, in the order in which they are sent.
fn tags(value: &Value) -> Result<Vec<String>, String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in value.as_array().ok_or("must be a list of texts")? {
        match tag.as_str().map(str::trim) {
            Some(tag) if !is_tag(tag) => {
                return Err("must each be 1 to 30 of the characters a-z, 0-9 and -".to_owned());
            }
            Some(tag) if tags.iter().any(|known| known == tag) => {}
            Some(tag) => tags.push(tag.to_owned()),
            None => return Err("must be a list of texts".to_owned()),
        }
    }
    if tags.len() > MAX_TAGS {
        return Err(format!("must be at most {MAX_TAGS}"));
    }
    Ok(tags)
}

fn is_tag(text: &str) -> bool {
    let fits = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=30).contains(&text.len()) && text.bytes().all(fits)
}
