//! A room, and the rules for its name and for the names of its members.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::{
    error::Error,
    input::{Fields, rule},
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Room {
    pub id: i64,
    pub name: String,
    pub created_at: DateTime<Utc>,
}

pub fn read_name(mut fields: Fields) -> Result<String, Error> {
    let name = fields.required("name", room_name);
    fields.finish(name)
}

/// From the query of somebody who wants to join.
pub fn read_member(mut query: Fields) -> Result<String, Error> {
    let name = query.required("name", rule::line(1..=40));
    query.finish(name)
}

fn room_name(value: &Value) -> Result<String, String> {
    let name = rule::line(1..=40)(value)?;
    let fits = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if name.bytes().all(fits) {
        Ok(name)
    } else {
        Err("must be made of the characters a-z, 0-9 and -".to_owned())
    }
}
