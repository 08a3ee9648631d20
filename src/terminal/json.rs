//! Output as JSON: one object a command, with the version of its schema.

use crate::error::Error;
use serde::Serialize;

/// The schema version of all JSON output.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Versioned<'a, T> {
    schema: u32,
    #[serde(flatten)]
    answer: &'a T,
}

/// `value`, an object, with `"schema": 1` in front.
///
/// # Errors
/// Never for the types of this program.
pub fn text<T: Serialize>(answer: &T) -> Result<String, Error> {
    written(serde_json::to_string_pretty(&Versioned { schema: SCHEMA, answer }))
}

/// As [`text`], on one line.
///
/// # Errors
/// Never for the types of this program.
pub fn line<T: Serialize>(answer: &T) -> Result<String, Error> {
    written(serde_json::to_string(&Versioned { schema: SCHEMA, answer }))
}

fn written(text: serde_json::Result<String>) -> Result<String, Error> {
    let text = text.map_err(|error| Error {
        kind: crate::error::ErrorKind::Bug,
        ..Error::user(format!("the answer is no JSON: {error}"))
    })?;
    Ok(escape_controls(&text))
}

/// Escapes the control characters that JSON allows as they are (U+007F to U+009F): some terminals
/// act on them.
fn escape_controls(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() && c != '\n' {
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_stands_in_json_and_none_is_lost() {
        let all: String = (0..0xa1).filter_map(char::from_u32).collect();
        let text = text(&serde_json::json!({ "all": all })).expect("JSON");
        assert!(!text.replace('\n', "").contains(char::is_control), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read["all"], all);
    }
}
