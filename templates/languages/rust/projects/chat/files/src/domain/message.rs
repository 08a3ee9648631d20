//! A message, and the history of a room.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    error::Error,
    input::{Fields, rule},
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Message {
    pub id: i64,
    pub room_id: i64,
    pub author: String,
    pub text: String,
    pub sent_at: DateTime<Utc>,
}

/// A part of the history, the oldest message first.
#[derive(Debug, Serialize)]
pub struct History {
    pub items: Vec<Message>,
    /// Whether there are older messages.
    pub has_more: bool,
}

#[derive(Debug)]
pub struct HistoryRange {
    pub before: i64,
    pub limit: i64,
}

impl HistoryRange {
    pub fn read(mut query: Fields) -> Result<Self, Error> {
        let before = query.optional("before", rule::number(1..=i64::MAX));
        let limit = query.optional("limit", rule::number(1..=100));
        query.finish(Self {
            before: before.unwrap_or(i64::MAX),
            limit: limit.unwrap_or(50),
        })
    }
}

/// The text of what a client sends: `{"type": "message", "text": "..."}`.
pub fn read_text(mut fields: Fields) -> Result<String, Error> {
    fields.required("type", rule::choice(&["message"]));
    let text = fields.required("text", rule::lines(1..=2000));
    fields.finish(text)
}
