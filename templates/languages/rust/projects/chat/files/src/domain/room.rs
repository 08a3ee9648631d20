//! A room, and the rules for its name and for the names of those in it.

use serde::{Deserialize, Serialize};

use crate::{
    input::{Checker, Field, FieldErrors, text},
    timestamp::Timestamp,
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Room {
    pub id: i64,
    pub name: String,
    pub created_at: Timestamp,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RoomInput {
    name: Field<String>,
}

impl RoomInput {
    /// The name of a new room.
    pub fn check(self) -> Result<String, FieldErrors> {
        let mut check = Checker::default();
        let name = check.required("name", self.name, |name| room_name(&name));
        check.finish(name)
    }
}

/// The query of somebody who wants to come in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MemberQuery {
    name: Field<String>,
}

impl MemberQuery {
    pub fn check(self) -> Result<String, FieldErrors> {
        let mut check = Checker::default();
        let name = check.required("name", self.name, |name| text::line(&name, 1..=40));
        check.finish(name)
    }
}

fn room_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    let fits = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if (1..=40).contains(&name.len()) && name.bytes().all(fits) {
        Ok(name.to_owned())
    } else {
        Err("must be 1 to 40 of the characters a-z, 0-9 and -".to_owned())
    }
}
