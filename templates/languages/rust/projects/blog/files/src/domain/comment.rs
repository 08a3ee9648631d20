//! A comment on a post, and the rules for its fields.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    error::Error,
    input::{Fields, rule},
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Comment {
    pub id: i64,
    pub author: String,
    pub body: String,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug)]
pub struct NewComment {
    pub author: String,
    pub body: String,
}

impl NewComment {
    /// From JSON as well as from the form on the page.
    pub fn read(mut fields: Fields) -> Result<Self, Error> {
        let comment = Self {
            author: fields.required("author", rule::line(1..=80)),
            body: fields.required("body", rule::lines(1..=2000)),
        };
        fields.finish(comment)
    }
}
