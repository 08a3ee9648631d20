//! A message, and the history of a room.

use serde::{Deserialize, Serialize};

use crate::{
    input::{Checker, Field, FieldErrors, text, whole_number},
    timestamp::Timestamp,
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Message {
    pub id: i64,
    pub room_id: i64,
    pub author: String,
    pub text: String,
    pub sent_at: Timestamp,
}

/// A part of the history, the oldest message first.
#[derive(Debug, Serialize)]
pub struct History {
    pub items: Vec<Message>,
    /// There are older ones still.
    pub has_more: bool,
}

#[derive(Debug)]
pub struct HistoryRange {
    pub before: i64,
    pub limit: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct HistoryQuery {
    before: Field<String>,
    limit: Field<String>,
}

impl HistoryQuery {
    pub fn check(self) -> Result<HistoryRange, FieldErrors> {
        let mut check = Checker::default();
        let id = |text: String| whole_number(&text, 1..=i64::MAX);
        let limit = |text: String| whole_number(&text, 1..=100);
        let range = HistoryRange {
            before: check.optional("before", self.before, id).unwrap_or(i64::MAX),
            limit: check.optional("limit", self.limit, limit).unwrap_or(50),
        };
        check.finish(range)
    }
}

/// The rule for the text of a message.
pub fn check_text(text: &str) -> Result<String, String> {
    text::lines(text, 1..=2000)
}
