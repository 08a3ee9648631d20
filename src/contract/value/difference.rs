//! How what came is told beside what was expected: short, in words, on one line.

use serde_json::Value;

/// A value is told in at most so many characters.
const LONGEST: usize = 200;

/// Something that is not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where: `status`, `header location`, `json /items/0/title`, `html form input`.
    pub place: String,
    pub expected: String,
    pub actual: String,
}

impl Difference {
    /// What was expected and what came at `place`.
    pub fn new(
        place: impl Into<String>,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Self {
        let (expected, actual) = told_apart(expected.into(), actual.into());
        Self { place: place.into(), expected, actual }
    }
}

/// Both texts; where they look the same and are not, their marks and invisible characters are escaped.
fn told_apart(expected: String, actual: String) -> (String, String) {
    if expected == actual || outline(&expected) != outline(&actual) {
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

/// What one sees of a text at a glance: a letter with marks looks like one that has them in itself.
fn outline(text: &str) -> String {
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

/// Whether a character is not seen, or only as a part of another one, or as if it were a space.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    is_mark(c)
        || is_blank(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character only changes the one before it, or cannot be seen at all.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
            | '\u{ad}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
            | '\u{e0000}'..='\u{e01ef}'
    )
}

/// Whether a character looks like a space and is another one.
fn is_blank(c: char) -> bool {
    c != ' ' && c.is_whitespace()
}

/// A value as JSON, its control characters visible, shortened.
#[must_use]
pub fn shown(value: &Value) -> String {
    short(&visible(&value.to_string(), false), LONGEST)
}

/// A text in quotation marks, its control characters visible, shortened.
#[must_use]
pub fn quoted(text: &str) -> String {
    // Beyond this nothing is told; a long text is not copied whole.
    let cut: String = if text.len() > 64 * LONGEST {
        let head = text.chars().take(LONGEST);
        let tail: Vec<char> = text.chars().rev().take(LONGEST).collect();
        head.chain(tail.into_iter().rev()).collect()
    } else {
        text.to_owned()
    };
    shown(&Value::from(cut))
}

/// `text` with its control characters (and those that turn the direction of writing) visible.
#[must_use]
pub fn visible(text: &str, keep_lines: bool) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if keep_lines => seen.push('\n'),
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

/// `text` in at most `most` characters: both ends, and how much is left out between them.
#[must_use]
pub fn short(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let kept = most.saturating_sub(40);
    let (head, tail) = (kept * 2 / 3, kept / 3);
    let left = count - head - tail;
    let head: String = text.chars().take(head).collect();
    let tail: String = text.chars().skip(count - tail).collect();
    format!("{head} ... ({left} more) ... {tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_keeps_both_ends() {
        let told = quoted(&format!("begin{}end", "x".repeat(100_000)));
        assert!(told.starts_with("\"beginxx") && told.ends_with("xend\""), "{told}");
        assert!(told.chars().count() <= LONGEST, "{told}");
        assert_eq!(quoted("short"), "\"short\"");
    }

    #[test]
    fn texts_that_look_alike_are_told_apart() {
        let told = |expected: &str, actual: &str| {
            let one = Difference::new("text", expected, actual);
            (one.expected, one.actual)
        };
        let own = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        assert_eq!(
            told("\u{e9} e\u{301}", "\u{e9} \u{e9}"),
            own("\u{e9} e\\u{301}", "\u{e9} \u{e9}")
        );
        assert_eq!(told("a b", "a\u{a0}b"), own("a b", "a\\u{a0}b"));
        assert_eq!(told("Zoe\u{308}", "Tea"), own("Zoe\u{308}", "Tea"));
    }

    #[test]
    fn control_characters_are_visible() {
        assert_eq!(visible("a\u{1b}[31m\nb\u{202e}", true), "a\\u{1b}[31m\nb\\u{202e}");
        assert_eq!(visible("a\nb", false), "a\\nb");
        assert_eq!(quoted("a\u{7f}"), "\"a\\u{7f}\"");
    }
}
