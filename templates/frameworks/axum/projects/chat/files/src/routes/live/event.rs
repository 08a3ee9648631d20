//! The texts on a socket, in both directions.

use axum::extract::ws::Utf8Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::domain::message::{self, Message};

/// What the server tells.
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
    /// Made once, and shared by all who get it.
    pub fn text(&self) -> Utf8Bytes {
        json!(self).to_string().into()
    }
}

#[derive(Deserialize)]
struct Said {
    r#type: String,
    text: String,
}

/// What a client says, or why it is not understood.
pub fn read(sent: &str) -> Result<String, String> {
    // Not at once: serde would take an array for a struct as well.
    let object: Map<String, Value> =
        serde_json::from_str(sent).map_err(|error| format!("not a JSON object: {error}"))?;
    let said = Said::deserialize(Value::Object(object)).map_err(|error| error.to_string())?;
    if said.r#type != "message" {
        return Err("type must be message".to_owned());
    }
    message::check_text(&said.text).map_err(|message| format!("text {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_message_with_a_text_is_understood() {
        assert_eq!(read(r#"{"type": "message", "text": " a\n", "x": 1}"#).unwrap(), " a\n");
        for sent in [
            "",
            "hello",
            "[]",
            r#"["message", "a"]"#,
            r#"{"type": "message"}"#,
            r#"{"type": "message", "text": 1}"#,
            r#"{"type": "message", "text": " \n"}"#,
            r#"{"type": "message", "text": "\u0000"}"#,
            r#"{"type": "message", "text": "\ud800"}"#,
            r#"{"type": "joined", "text": "a"}"#,
        ] {
            assert!(read(sent).is_err(), "{sent}");
        }
    }
}
