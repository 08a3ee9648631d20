//! The texts on a socket, in both directions.

use axum::extract::ws::Utf8Bytes;
use serde::Serialize;
use serde_json::json;

use crate::{
    domain::message::{self, Message},
    error::Error,
    input::Fields,
};

/// What the server sends.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Event<'a> {
    Welcome { members: Vec<&'a str> },
    Joined { name: &'a str },
    Left { name: &'a str },
    Message(&'a Message),
    Error { detail: &'a str },
}

impl Event<'_> {
    /// Made once, and shared by all members.
    pub fn text(&self) -> Utf8Bytes {
        json!(self).to_string().into()
    }
}

/// The text of a message that a client sends, or why it is not accepted.
pub fn read(sent: &str) -> Result<String, String> {
    let fields: Fields = serde_json::from_str(sent).map_err(|_| "this is no JSON object")?;
    message::read_text(fields).map_err(|error| match error {
        Error::Invalid(errors) => {
            let errors = errors
                .into_iter()
                .map(|(name, messages)| format!("{name} {}", messages[0]));
            errors.collect::<Vec<_>>().join(", ")
        }
        error => error.to_string(),
    })
}
