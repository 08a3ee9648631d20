//! The rules for fields. Lengths count code points of what is stored.

use std::ops::RangeInclusive;

use serde::Serialize;
use serde_json::{Value, json};

/// A text of one line, without white space at its ends.
pub fn line(length: RangeInclusive<usize>) -> impl FnOnce(&Value) -> Result<String, String> {
    move |value| {
        let line = text(value)?.trim();
        // The last two break lines as well, but are no control characters.
        if line.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return Err("must be a single line without control characters".to_owned());
        }
        check_length(line, &length)
    }
}

/// A text of several lines as it was sent, but for the `\r\n` of HTML forms, which becomes `\n`.
pub fn lines(length: RangeInclusive<usize>) -> impl FnOnce(&Value) -> Result<String, String> {
    move |value| {
        let lines = search(value)?.replace("\r\n", "\n");
        if *length.start() > 0 && lines.trim().is_empty() {
            return Err("is required".to_owned());
        }
        check_length(&lines, &length)
    }
}

/// A text to search for: anything but NUL, at which SQLite would end the text.
pub fn search(value: &Value) -> Result<String, String> {
    let text = text(value)?;
    if text.contains('\0') {
        return Err("must not contain the character NUL".to_owned());
    }
    Ok(text.to_owned())
}

/// One of some values, as they are written in JSON.
pub fn choice<T: Copy + Serialize>(options: &[T]) -> impl FnOnce(&Value) -> Result<T, String> {
    move |value| {
        let chosen = options.iter().find(|option| json!(option) == *value);
        chosen.copied().ok_or_else(|| {
            let names: Vec<_> = options
                .iter()
                .map(|option| json!(option).to_string())
                .collect();
            format!("must be one of {}", names.join(", "))
        })
    }
}

/// A whole number in a query: digits alone, for `parse` would take a `+` as well.
pub fn number(range: RangeInclusive<i64>) -> impl FnOnce(&Value) -> Result<i64, String> {
    move |value| {
        let digits = text(value)?;
        let number = digits.parse().ok().filter(|number| range.contains(number));
        number.filter(|_| !digits.starts_with('+')).ok_or_else(|| {
            format!(
                "must be a whole number from {} to {}",
                range.start(),
                range.end()
            )
        })
    }
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| "must be a text".to_owned())
}

fn check_length(text: &str, length: &RangeInclusive<usize>) -> Result<String, String> {
    let (min, max) = (*length.start(), *length.end());
    match text.chars().count() {
        0 if min > 0 => Err("is required".to_owned()),
        count if count > max => Err(format!("must be at most {max} characters long")),
        _ => Ok(text.to_owned()),
    }
}
