//! Describes matchers in words, as a beginner reads them beside the actual value.

use super::count::CountRule;
use super::difference::{short, shown};
use super::matcher::{Comparison, Matcher, Type};
use serde_json::Value;

/// Longer descriptions lose their middle.
const MAX_CHARACTERS: usize = 200;

impl Matcher {
    /// What the matcher holds for: `a whole number above 0`.
    #[must_use]
    pub fn describe(&self) -> String {
        short(&self.full_description(), MAX_CHARACTERS)
    }

    fn full_description(&self) -> String {
        match self {
            Self::Equal(value) => shown(value),
            Self::Object(entries) if entries.is_empty() => "an object".to_owned(),
            Self::Object(entries) => describe_object(entries),
            Self::Exactly(entries) => format!("{} and no other key", describe_object(entries)),
            Self::List(items) if items.is_empty() => "an empty list".to_owned(),
            Self::List(items) => format!("a list of {}: {}", items.len(), joined(items, ", ")),
            Self::Type(kind) => kind.describe().to_owned(),
            Self::Matches(regex) => describe_regex(regex.as_str()),
            Self::Contains(part) => format!("something that contains {}", part.full_description()),
            Self::In(all) => format!("one of {}", joined(all, ", ")),
            Self::Not(other) => format!("not {}", other.full_description()),
            Self::All(all) => joined(all, ", and "),
            Self::Any => "anything".to_owned(),
            Self::Absent => "nothing there".to_owned(),
            Self::Length(count) => format!("a length of {}", count.describe()),
            Self::Each(matcher) => format!("a list, each of it {}", matcher.full_description()),
            Self::Unordered(items) => {
                format!("a list of these in any order: {}", joined(items, ", "))
            }
            Self::Holds(items) => {
                format!("a list that holds these in this order: {}", joined(items, ", "))
            }
            Self::Sorted { ascending, by } => {
                let way = if *ascending { "ascending" } else { "descending" };
                format!("a list in {way} order of {}", by.join(", then "))
            }
            Self::Compared(comparison, bound) => {
                format!(
                    "a {} {} {}",
                    if bound.is_number() { "number" } else { "time" },
                    comparison.describe(),
                    shown(bound)
                )
            }
            Self::Unlike(other) => {
                format!("a text that does not resemble {}", shown(&Value::from(other.as_str())))
            }
            Self::Now(seconds) => format!("the time of now in UTC, within {seconds} s"),
            Self::Instant(time) => format!("the time {time}, to the second"),
            Self::Url { path, .. } => format!("the address {path}"),
        }
    }
}

/// Describes an object as JSON shows it, with words where several values are allowed.
fn describe_object(entries: &[(String, Matcher)]) -> String {
    let entries = entries.iter().map(|(key, matcher)| {
        let key = shown(&Value::from(key.as_str()));
        match matcher {
            Matcher::Absent => format!("no {key}"),
            other => format!("{key}: {}", other.full_description()),
        }
    });
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}

/// What stands before and after an entry of a list with commas, such as `Cache-Control`.
const ENTRY: (&str, &str) = ("(^|[ ,])", "($|[ ,])");

/// Expressions for what has a name.
const NAMED: [(&str, &str); 3] = [
    (r#"^(W/)?"[!#-~]+"$"#, "a tag in quotation marks, such as \"1a2b\""),
    (r#"^"[!#-~]+"$"#, "a strong tag in quotation marks, such as \"1a2b\""),
    ("^[1-9][0-9]*$", "a whole number above 0"),
];

/// Describes a regular expression as a person would say it, if it asks for plain words, or for what has a name.
fn describe_regex(regex: &str) -> String {
    if let Some((_, name)) = NAMED.iter().find(|(named, _)| *named == regex) {
        return (*name).to_owned();
    }
    let bare = regex.replacen("(?i)", "", 1);
    if let Some(words) = entry(&bare) {
        return format!("{words} among its values");
    }
    let (begins, rest) = bare.strip_prefix('^').map_or((false, bare.as_str()), |rest| (true, rest));
    let (ends, rest) = rest.strip_suffix('$').map_or((false, rest), |rest| (true, rest));
    let words: Option<Vec<String>> = rest.split('|').map(literal).collect();
    match words {
        Some(words) if words.len() == 1 && begins && ends => words.concat(),
        Some(words) if words.len() == 1 || (!begins && !ends) => {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            let words = words.join(" or ");
            match (begins, ends) {
                (true, _) => format!("a text that begins with {words}"),
                (_, true) => format!("a text that ends with {words}"),
                _ => format!("a text with {words} in it"),
            }
        }
        _ => format!("a text like {regex}"),
    }
}

/// The words one of which an expression wants as an entry of a list.
fn entry(regex: &str) -> Option<String> {
    let inner = regex.strip_prefix(ENTRY.0)?.strip_suffix(ENTRY.1)?;
    let inner = inner.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(inner);
    let words: Option<Vec<String>> = inner.split('|').map(literal).collect();
    let words: Vec<String> = words?.iter().map(|word| format!("\"{word}\"")).collect();
    Some(words.join(" or "))
}

/// The only text that a regular expression matches; none if it matches others too.
fn literal(regex: &str) -> Option<String> {
    let mut text = String::new();
    let mut signs = regex.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => text.push(signs.next().filter(|next| !next.is_alphanumeric())?),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' => return None,
            plain => text.push(plain),
        }
    }
    (!text.is_empty()).then_some(text)
}

fn joined(all: &[Matcher], between: &str) -> String {
    all.iter().map(Matcher::full_description).collect::<Vec<_>>().join(between)
}

impl Type {
    fn describe(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Integer => "a whole number",
            Self::Boolean => "true or false",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Id => "a whole number above 0",
            Self::Time => "a time in UTC with milliseconds, such as 2026-01-31T12:00:00.000Z",
        }
    }
}

impl Comparison {
    fn describe(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::AtLeast => "of at least",
            Self::Below => "below",
            Self::AtMost => "of at most",
        }
    }
}

impl CountRule {
    /// The count in words: `5`, `at least 1`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Exactly(number) => number.to_string(),
            Self::Between(bounds) if bounds.max == u64::MAX => format!("at least {}", bounds.min),
            Self::Between(bounds) if bounds.min == 0 => format!("at most {}", bounds.max),
            Self::Between(bounds) => format!("{} to {}", bounds.min, bounds.max),
        }
    }

    /// Whether it allows `number`.
    #[must_use]
    pub fn allows(&self, number: u64) -> bool {
        match self {
            Self::Exactly(exact) => *exact == number,
            Self::Between(bounds) => (bounds.min..=bounds.max).contains(&number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::value::MatcherContext;
    use serde_json::json;

    fn describe(matcher: &Value) -> String {
        let context = MatcherContext { url: "", open: false };
        Matcher::read(matcher, context).expect("a matcher").describe()
    }

    #[test]
    fn a_pattern_of_plain_words_is_described_as_words() {
        for (regex, expected) in [
            ("^(?i)nosniff$", "nosniff"),
            (r"^3\.1\.", "a text that begins with \"3.1.\""),
            ("(?i)private|no-store", "a text with \"private\" or \"no-store\" in it"),
            (r"(?i)ada-1@example\.com", "a text with \"ada-1@example.com\" in it"),
            ("(?i)(^|[ ,])no-cache($|[ ,])", "\"no-cache\" among its values"),
            (r"(?i)(^|[ ,])(cookie|\*)($|[ ,])", "\"cookie\" or \"*\" among its values"),
            (r#"^"[!#-~]+"$"#, "a strong tag in quotation marks, such as \"1a2b\""),
            ("^[1-9][0-9]*$", "a whole number above 0"),
            (r"(^|[ ,])\d+($|[ ,])", r"a text like (^|[ ,])\d+($|[ ,])"),
            ("[A-Z]", "a text like [A-Z]"),
            (r"^\d+$", r"a text like ^\d+$"),
            ("^a|b$", "a text like ^a|b$"),
        ] {
            assert_eq!(describe(&json!({ "$matches": regex })), expected);
        }
    }

    #[test]
    fn an_object_is_described_with_its_values() {
        let matcher = json!([{ "id": 10, "name": "Tea", "at": { "$type": "text" }, "x": { "$absent": true } }]);
        assert_eq!(
            describe(&matcher),
            "a list of 1: {\"at\": a text, \"id\": 10, \"name\": \"Tea\", no \"x\"}"
        );
    }
}
