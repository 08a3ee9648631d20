//! The values of a check: variables by name, and values computed from them.

use super::difference::{Difference, shown};
use super::matcher::{Matcher, MatcherContext};
use super::signature::hmac_sha256;
use serde_json::{Number, Value};
use std::collections::BTreeMap;

/// The keys that compute a value; each stands alone in its object.
pub const COMPUTED: [&str; 5] = ["$repeat", "$join", "$sum", "$times", "$hmac"];
/// The longest computed text, in bytes.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Variables by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Values {
    by_name: BTreeMap<String, Value>,
    /// Makes `${unique}` differ between checks and runs.
    seed: u64,
}

impl Values {
    /// The values that every check starts with. `seed` differs between checks and runs.
    #[must_use]
    pub fn new(url: &str, seed: u64) -> Self {
        let mut values = Self { by_name: BTreeMap::new(), seed };
        values.set("url", Value::from(url));
        let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        values.set("today", Value::from(today.to_string()));
        values
    }

    /// Sets a variable.
    pub fn set(&mut self, name: &str, value: Value) {
        self.by_name.insert(name.to_owned(), value);
    }

    /// The address of the server that is checked.
    #[must_use]
    pub fn url(&self) -> &str {
        self.by_name.get("url").and_then(Value::as_str).unwrap_or_default()
    }

    /// The value with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.by_name.get(name) {
            return Some(value.clone());
        }
        if name == "now" {
            return Some(Value::from(jiff::Timestamp::now().as_second()));
        }
        let tail = name.strip_prefix("unique")?;
        let tail = if tail.is_empty() { tail } else { tail.strip_prefix('.')? };
        Some(Value::from(unique(self.seed, tail)))
    }

    /// `value` with every variable filled in and every computed value computed.
    ///
    /// # Errors
    /// An unknown variable, or a value that cannot be computed from its arguments.
    pub fn fill(&self, value: &Value) -> Result<Value, Difference> {
        match value {
            Value::String(text) => self.fill_text(text),
            Value::Array(items) => items.iter().map(|item| self.fill(item)).collect(),
            Value::Object(entries) => {
                let filled =
                    entries.iter().map(|(key, value)| Ok((self.text(key)?, self.fill(value)?)));
                let filled = filled.collect::<Result<serde_json::Map<_, _>, Difference>>()?;
                match filled.iter().next() {
                    Some((key, argument))
                        if filled.len() == 1 && COMPUTED.contains(&key.as_str()) =>
                    {
                        compute(key, argument)
                    }
                    _ => Ok(Value::Object(filled)),
                }
            }
            other => Ok(other.clone()),
        }
    }

    /// `value` as a matcher, with every variable filled in.
    ///
    /// # Errors
    /// An unknown variable, or an invalid matcher after filling in.
    pub fn matcher(&self, value: &Value) -> Result<Matcher, Difference> {
        let context = MatcherContext { url: self.url(), open: false };
        Matcher::read(&self.fill(value)?, context).map_err(|findings| {
            let first =
                findings.into_iter().next().map_or_else(String::new, |finding| finding.message);
            Difference::new("the contract", "a matcher", first)
        })
    }

    /// `text` with every variable filled in, as text.
    ///
    /// # Errors
    /// An unknown variable.
    pub fn text(&self, text: &str) -> Result<String, Difference> {
        Ok(plain(&self.fill_text(text)?))
    }

    fn fill_text(&self, text: &str) -> Result<Value, Difference> {
        let parts = parts(text);
        if let [Part::Name(name)] = parts.as_slice() {
            return self.get(name).ok_or_else(|| unknown(name));
        }
        let mut filled = String::new();
        for part in parts {
            match part {
                Part::Text(text) => filled.push_str(&text),
                Part::Name(name) => {
                    let value = self.get(name).ok_or_else(|| unknown(name))?;
                    filled.push_str(&plain(&value));
                }
            }
        }
        Ok(Value::from(filled))
    }
}

fn unknown(name: &str) -> Difference {
    Difference::new(format!("${{{name}}}"), "a value with this name", "no step has set it")
}

/// A value inside a text: a text as it stands, anything else as JSON.
#[must_use]
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A piece of a text in which variables may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    Text(String),
    /// Of `${name}`.
    Name(&'a str),
}

/// The pieces of `text`; `$${` is a plain `${`, and braces that are never closed are plain too.
#[must_use]
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        if let Some(before) = before.strip_suffix('$') {
            plain.push_str(before);
            plain.push_str("${");
            rest = &from[2..];
            continue;
        }
        let Some(end) = from.find('}') else { break };
        plain.push_str(before);
        if !plain.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut plain)));
        }
        parts.push(Part::Name(&from[2..end]));
        rest = &from[end + 1..];
    }
    plain.push_str(rest);
    if !plain.is_empty() || parts.is_empty() {
        parts.push(Part::Text(plain));
    }
    parts
}

fn compute(key: &str, argument: &Value) -> Result<Value, Difference> {
    let computed = match (key, argument.as_array()) {
        ("$repeat", Some(arguments)) => repeat(arguments),
        ("$join", Some(texts)) => Some(Value::from(texts.iter().map(plain).collect::<String>())),
        ("$sum", Some(numbers)) => fold_numbers(numbers, 0, i64::checked_add, |a, b| a + b),
        ("$hmac", Some(arguments)) => hmac(arguments),
        ("$times", Some(numbers)) => fold_numbers(numbers, 1, i64::checked_mul, |a, b| a * b),
        _ => None,
    };
    computed.ok_or_else(|| {
        let expected = match key {
            "$repeat" => "a text and how often it stands, at most 8 MiB",
            "$join" => "a list of texts",
            "$hmac" => "a secret and a text",
            _ => "a list of numbers",
        };
        Difference::new(key, expected, shown(argument))
    })
}

fn hmac(arguments: &[Value]) -> Option<Value> {
    let [secret, message] = arguments else { return None };
    Some(Value::from(hmac_sha256(&plain(secret), &plain(message))))
}

fn repeat(arguments: &[Value]) -> Option<Value> {
    let [text, times] = arguments else { return None };
    let times = usize::try_from(times.as_u64()?).ok()?;
    let text = plain(text);
    let fits = text.len().checked_mul(times)? <= MAX_BYTES;
    fits.then(|| Value::from(text.repeat(times)))
}

fn fold_numbers(
    numbers: &[Value],
    first: i64,
    whole: fn(i64, i64) -> Option<i64>,
    any: fn(f64, f64) -> f64,
) -> Option<Value> {
    let integers = numbers.iter().map(Value::as_i64).collect::<Option<Vec<_>>>();
    if let Some(sum) = integers.and_then(|all| all.into_iter().try_fold(first, whole)) {
        return Some(Value::from(sum));
    }
    #[expect(clippy::cast_precision_loss, reason = "0 and 1 alone")]
    let first = first as f64;
    let sum =
        numbers.iter().map(Value::as_f64).try_fold(first, |sum, number| Some(any(sum, number?)))?;
    Number::from_f64(sum).map(Value::Number)
}

/// Twelve letters and digits, a letter first. No unique value contains another, so that a search
/// for one does not find the others; nor a word (`one`, `milk`), which a search of the same check may be for: it has no vowel.
fn unique(seed: u64, tail: &str) -> String {
    let mut state = tail.bytes().fold(seed ^ 0x9E37_79B9_7F4A_7C15, |state, byte| {
        mix(state.wrapping_add(u64::from(byte)).wrapping_add(1))
    });
    state = mix(state);
    let digits = b"bcdfghjklmnpqrstvwxz0123456789";
    let mut text = String::with_capacity(12);
    for place in 0..12 {
        let base: u64 = if place == 0 { 20 } else { 30 };
        let digit = usize::try_from(state % base).unwrap_or_default();
        text.push(char::from(digits[digit]));
        state = if place == 5 { mix(state) } else { state / base };
    }
    text
}

/// Spreads a number over all bits (the last step of SplitMix64).
#[must_use]
pub fn mix(mut state: u64) -> u64 {
    state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn values() -> Values {
        let mut values = Values::new("http://127.0.0.1:9", 7);
        values.set("id", json!(5));
        values.set("name", json!("Ada"));
        values.set("ids", json!([1, 2]));
        values
    }

    #[test]
    fn a_variable_alone_keeps_its_type_and_is_text_inside_a_text() {
        let filled = values().fill(&json!({ "id": "${id}", "all": ["${ids}", "/${id}/${name}"] }));
        assert_eq!(filled, Ok(json!({ "id": 5, "all": [[1, 2], "/5/Ada"] })));
        assert_eq!(values().text("${url}/x").as_deref(), Ok("http://127.0.0.1:9/x"));
    }

    #[test]
    fn a_doubled_sign_is_plain() {
        assert_eq!(values().text("$${id} ${id} $5 ${").as_deref(), Ok("${id} 5 $5 ${"));
        assert_eq!(values().text("").as_deref(), Ok(""));
    }

    #[test]
    fn unique_values_are_new_in_each_check_and_for_each_name() {
        let values = values();
        let [unnamed, named] =
            ["unique", "unique.b"].map(|name| plain(&values.get(name).expect("known")));
        assert_eq!(values.get("unique"), Some(json!(unnamed)));
        assert_ne!(unnamed, named);
        assert_ne!(Values::new("", 8).get("unique"), Some(json!(unnamed)));
        assert!(
            unnamed.len() == 12 && unnamed.starts_with(|c: char| c.is_ascii_lowercase()),
            "{unnamed}"
        );
        assert!(unnamed.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "{unnamed}");
        for seed in 0..1000 {
            let word = plain(&Values::new("", seed).get("unique").expect("known"));
            assert!(!word.contains(['a', 'e', 'i', 'o', 'u', 'y']), "{word}");
        }
        assert_eq!(values.get("uniquely"), None);
    }

    #[test]
    fn now_is_the_time_in_whole_seconds() {
        let now = values().get("now").and_then(|now| now.as_i64()).expect("a number");
        assert!((jiff::Timestamp::now().as_second() - now).abs() <= 1, "{now}");
    }

    #[test]
    fn values_are_computed() {
        for (value, expected) in [
            (json!({ "$repeat": ["ab", 3] }), json!("ababab")),
            (json!({ "$join": ["a", { "$repeat": ["b", 2] }, "${id}"] }), json!("abb5")),
            (json!({ "$sum": ["${id}", 2] }), json!(7)),
            // RFC 4231, test case 2.
            (
                json!({ "$hmac": ["Jefe", "what do ya want for nothing?"] }),
                json!("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            ),
            (json!({ "$sum": [0.5, 2] }), json!(2.5)),
            (json!({ "$times": ["${id}", 3, { "$sum": [1, 1] }] }), json!(30)),
        ] {
            assert_eq!(values().fill(&value), Ok(expected));
        }
    }

    #[test]
    fn what_cannot_be_computed_says_what_it_was_given() {
        let bad = values().fill(&json!({ "$sum": ["${name}", 2] })).expect_err("no number");
        assert_eq!((bad.place.as_str(), bad.actual.as_str()), ("$sum", "[\"Ada\",2]"));
        let bad = values().fill(&json!("${nobody}")).expect_err("unknown");
        assert_eq!(bad.place, "${nobody}");
        assert!(values().fill(&json!({ "$repeat": ["abcd", 9_000_000] })).is_err());
        let bad = values().fill(&json!({ "$hmac": ["a secret alone"] })).expect_err("no text");
        assert_eq!(bad.expected, "a secret and a text");
    }
}
