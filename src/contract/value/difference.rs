//! A difference between the expected and the actual value: short, in words, on one line.

use serde_json::Value;

/// How many characters of a value are printed.
const MAX_CHARACTERS: usize = 200;

/// Something that is not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where: `status`, `header location`, `json /items/0/title`, `html form input`.
    pub place: String,
    pub expected: String,
    pub actual: String,
    pub kind: DifferenceKind,
}

/// What a difference is about, where more follows from it than its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DifferenceKind {
    /// A value of a response, a message, a page, or of what is stored.
    #[default]
    Value,
    /// The status of the response; this one came.
    Status(u16),
    /// How many of several responses have this status, or a status of this class.
    StatusCount(u16),
    /// There was no whole response.
    NoResponse,
    /// The server ended, did not end, or uses too much memory.
    Server,
    /// A connection could not be opened, or ended.
    Connection,
}

impl Difference {
    /// The expected and the actual value at `place`.
    pub fn new(
        place: impl Into<String>,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Self {
        let (expected, actual) = distinguish(expected.into(), actual.into());
        Self { place: place.into(), expected, actual, kind: DifferenceKind::Value }
    }

    /// The same, of this kind.
    #[must_use]
    pub fn with_kind(self, kind: DifferenceKind) -> Self {
        Self { kind, ..self }
    }
}

/// Both texts; where they look the same and are not, their marks and invisible characters are escaped.
fn distinguish(expected: String, actual: String) -> (String, String) {
    if expected == actual || appearance(&expected) != appearance(&actual) {
        return (expected, actual);
    }
    let escaped = |text: &str| {
        let escape = |c: char| match is_hidden(c) {
            true => format!("\\u{{{:x}}}", u32::from(c)),
            false => c.to_string(),
        };
        text.chars().map(escape).collect()
    };
    (escaped(&expected), escaped(&actual))
}

/// A text as it looks: a letter followed by combining marks looks like the composed letter.
fn appearance(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        if is_mark(c) {
            seen.pop();
            seen.push('?');
        } else if is_blank(c) {
            seen.push(' ');
        } else {
            seen.push(if c.is_ascii() { c } else { '?' });
        }
    }
    seen
}

/// Whether a character is invisible, a combining mark, or looks like a space without being U+0020.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    is_mark(c)
        || is_blank(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character is a combining mark, or invisible.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
            | '\u{ad}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
            | '\u{e0000}'..='\u{e01ef}'
    )
}

/// Whether a character is white space other than U+0020.
fn is_blank(c: char) -> bool {
    c != ' ' && c.is_whitespace()
}

/// A value as JSON, its control characters visible, shortened.
#[must_use]
pub fn shown(value: &Value) -> String {
    short(&visible(&value.to_string(), false), MAX_CHARACTERS)
}

/// A text in quotation marks, its control characters visible, shortened.
#[must_use]
pub fn quoted(text: &str) -> String {
    // The rest would be cut anyway; a long text is not copied whole.
    let cut: String = if text.len() > 64 * MAX_CHARACTERS {
        let head = text.chars().take(MAX_CHARACTERS);
        let tail: Vec<char> = text.chars().rev().take(MAX_CHARACTERS).collect();
        head.chain(tail.into_iter().rev()).collect()
    } else {
        text.to_owned()
    };
    shown(&Value::from(cut))
}

/// `text` with its control characters (and those that turn the direction of writing) visible.
#[must_use]
pub fn visible(text: &str, with_lines: bool) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if with_lines => seen.push('\n'),
            '\r' => seen.push_str("\\r"),
            '\n' => seen.push_str("\\n"),
            '\t' => seen.push_str("\\t"),
            c if c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') =>
            {
                seen.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            c => seen.push(c),
        }
    }
    seen
}

/// `text` in at most `max` characters: both ends, and how many characters are omitted between them.
#[must_use]
pub fn short(text: &str, max: usize) -> String {
    let count = text.chars().count();
    if count <= max {
        return text.to_owned();
    }
    let room = max.saturating_sub(40);
    let (head, tail) = (room * 2 / 3, room / 3);
    let omitted = count - head - tail;
    let head: String = text.chars().take(head).collect();
    let tail: String = text.chars().skip(count - tail).collect();
    format!("{head} ... ({omitted} more) ... {tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_keeps_both_ends() {
        let text = quoted(&format!("begin{}end", "x".repeat(100_000)));
        assert!(text.starts_with("\"beginxx") && text.ends_with("xend\""), "{text}");
        assert!(text.chars().count() <= MAX_CHARACTERS, "{text}");
        assert_eq!(quoted("short"), "\"short\"");
    }

    #[test]
    fn texts_that_look_alike_are_distinguished() {
        let both = |expected: &str, actual: &str| {
            let difference = Difference::new("text", expected, actual);
            (difference.expected, difference.actual)
        };
        let pair = |expected: &str, actual: &str| (expected.to_owned(), actual.to_owned());
        assert_eq!(
            both("\u{e9} e\u{301}", "\u{e9} \u{e9}"),
            pair("\u{e9} e\\u{301}", "\u{e9} \u{e9}")
        );
        assert_eq!(both("a b", "a\u{a0}b"), pair("a b", "a\\u{a0}b"));
        assert_eq!(both("Zoe\u{308}", "Tea"), pair("Zoe\u{308}", "Tea"));
    }

    #[test]
    fn control_characters_are_visible() {
        assert_eq!(visible("a\u{1b}[31m\nb\u{202e}", true), "a\\u{1b}[31m\nb\\u{202e}");
        assert_eq!(visible("a\nb", false), "a\\nb");
        assert_eq!(quoted("a\u{7f}"), "\"a\\u{7f}\"");
    }
}
