//! Reads fields out of an object by their rules, and gathers every broken one.

use super::clock;
use super::faults::{fault, field_fault};
use super::fields::{self, Field, Rule};
use super::protocol::body::SURROGATE;
use super::protocol::http::Response;
use super::protocol::problem::{Errors, invalid};
use serde_json::{Map, Value, json};

/// What stands for a field that was not sent.
pub enum Absent {
    /// It must be sent.
    Refused,
    Becomes(Value),
}

pub struct Form<'a> {
    object: &'a Map<String, Value>,
    pub errors: Errors,
}

impl<'a> Form<'a> {
    pub fn new(object: &'a Map<String, Value>, known: &[&str]) -> Self {
        let mut errors = Errors::new();
        if fault("unknown-fields-refused") {
            for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
                errors.insert(name.clone(), vec!["is not known".to_owned()]);
            }
        }
        Self { object, errors }
    }

    /// The field's value as it is to be stored; null if it is broken.
    pub fn take(&mut self, path: &str, absent: Absent) -> Value {
        let field = fields::get(path);
        let sent = self.object.get(field.name());
        let null = sent.is_some_and(Value::is_null) && !field.rule.offers_null();
        let sent = if null && field_fault(field, "null") { None } else { sent };
        let result = match (sent, absent) {
            (Some(value), _) => check(field, value),
            (None, Absent::Becomes(value)) => return value,
            (None, Absent::Refused) if field_fault(field, "missing") || null => {
                return empty(field.rule);
            }
            (None, Absent::Refused) => Err("is missing".to_owned()),
        };
        result.unwrap_or_else(|message| {
            self.errors.entry(field.name().to_owned()).or_default().push(message);
            Value::Null
        })
    }

    /// # Errors
    /// The answer that names every broken field.
    pub fn finish(self) -> Result<(), Response> {
        if self.errors.is_empty() { Ok(()) } else { Err(invalid(self.errors)) }
    }
}

fn empty(rule: Rule) -> Value {
    match rule {
        Rule::Whole(least, _) => json!(least.max(1)),
        Rule::Tags(..) => json!([]),
        Rule::Flag => json!(false),
        _ => json!(""),
    }
}

/// The value to store.
///
/// # Errors
/// What is wrong with it.
pub fn check(field: &Field, value: &Value) -> Result<Value, String> {
    let value = &coerced(field, value);
    match field.rule {
        Rule::Flag => {
            value.as_bool().map(Value::from).ok_or_else(|| "must be true or false".into())
        }
        rule if rule.offers_null() && value.is_null() && !field_fault(field, "null-refused") => {
            Ok(Value::Null)
        }
        Rule::Whole(least, most) | Rule::WholeOrNull(least, most) => {
            whole(field, value, least, most)
        }
        Rule::Tags(many, long) => tags(field, value, many, long),
        _ => {
            let text = value.as_str().ok_or("must be a text")?;
            checked(field, text).map(Value::from)
        }
    }
}

/// The value as a lax program would read it, under the field's fault.
fn coerced(field: &Field, value: &Value) -> Value {
    if !field_fault(field, "type") {
        return value.clone();
    }
    match (field.rule, value) {
        (Rule::Flag, Value::String(text)) => json!(text != "false" && text != "0"),
        (Rule::Flag, Value::Number(number)) => json!(number.as_i64() != Some(0)),
        (Rule::Whole(..) | Rule::WholeOrNull(..), Value::String(text)) => {
            text.parse::<i64>().map_or(json!(1), Value::from)
        }
        (Rule::Whole(..) | Rule::WholeOrNull(..), Value::Bool(flag)) => json!(i64::from(*flag)),
        (Rule::Tags(..), Value::String(text)) => json!([text]),
        (Rule::Flag, Value::Array(_) | Value::Object(_)) => json!(true),
        (Rule::Whole(..) | Rule::WholeOrNull(..), Value::Array(_) | Value::Object(_)) => json!(1),
        (Rule::Tags(..), Value::Number(_) | Value::Bool(_) | Value::Object(_)) => json!([]),
        (Rule::Choice(words), value) if !value.is_string() => json!(words[0]),
        (Rule::Day, value) if !value.is_string() => Value::Null,
        (Rule::Email(_), value) if !value.is_string() => json!("number@example.org"),
        (Rule::Word(_), value) if !value.is_string() => json!(format!("n{}", clock::micros())),
        (Rule::Line(..) | Rule::LineOrNull(..) | Rule::Lines(..) | Rule::Secret(..), value)
            if !value.is_string() && !value.is_null() =>
        {
            json!(value.to_string())
        }
        (_, value) => value.clone(),
    }
}

/// A text by its field's rule, as it is to be stored.
///
/// # Errors
/// What is wrong with it.
pub fn checked(field: &Field, text: &str) -> Result<String, String> {
    let is = |kind: &str| field_fault(field, kind);
    let mut text = text.to_owned();
    if text.contains(SURROGATE) {
        if !is("surrogate") {
            return Err("holds a lone surrogate".to_owned());
        }
        text = text.replace(SURROGATE, "\u{FFFD}");
    }
    if text.contains('\0') && !is("nul") {
        return Err("must not contain NUL".to_owned());
    }
    if is("mangled") {
        text = text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
    }
    match field.rule {
        Rule::Line(least, most) | Rule::LineOrNull(least, most) => {
            let line = text.trim();
            let broken =
                |c: char| c.is_control() && c != '\0' || matches!(c, '\u{2028}' | '\u{2029}');
            if line.contains(broken) && !is("lines") {
                return Err("must be one line without control characters".to_owned());
            }
            length(field, line, least, most)?;
            Ok(if is("untrimmed") { text.clone() } else { line.to_owned() })
        }
        Rule::Lines(least, most) => {
            length(field, &text, least, most)?;
            let blank = least > 0 && text.trim().is_empty();
            if blank && !is("blank") && !(is("short") && text.is_empty()) {
                return Err("must not be blank".to_owned());
            }
            Ok(match () {
                () if is("trimmed") => text.trim().to_owned(),
                () if is("joined") => text.split_whitespace().collect::<Vec<_>>().join(" "),
                () => text,
            })
        }
        Rule::Word(most) => {
            let word = if is("untrimmed") { text.as_str() } else { text.trim() };
            length(field, word, 1, most)?;
            if !is("pattern") && !word.bytes().all(is_word) && !text.contains(['\0', '\u{FFFD}']) {
                return Err("must be of a-z, 0-9 and -".to_owned());
            }
            Ok(word.to_owned())
        }
        Rule::Choice(words) => {
            let known = words.contains(&text.as_str());
            if is("last-refused") && words.last() == Some(&text.as_str()) {
                return Err("is not offered".to_owned());
            }
            let case = is("case") && words.contains(&text.to_ascii_lowercase().as_str());
            if known || case || is("any") {
                return Ok(text);
            }
            Err(format!("must be one of {}", words.join(", ")))
        }
        Rule::Day => day(field, text),
        Rule::Email(most) => email(field, &text, most),
        Rule::Secret(least, most) => {
            length(field, &text, least, most)?;
            if text.trim().is_empty() && is("blank-refused") {
                return Err("must not be blank".to_owned());
            }
            Ok(text)
        }
        Rule::Flag | Rule::Whole(..) | Rule::WholeOrNull(..) | Rule::Tags(..) => {
            Err("must be no text".to_owned())
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

fn length(field: &Field, text: &str, least: usize, most: usize) -> Result<(), String> {
    let is = |kind: &str| field_fault(field, kind);
    let count = match () {
        () if is("units") => text.encode_utf16().count(),
        () if is("bytes") => text.len(),
        () => text.chars().count(),
    };
    let most = if is("longest-refused") { most - 1 } else { most };
    if count < least && !is("short") || count > most && !is("long") {
        return Err(format!("must be {least} to {most} characters long"));
    }
    Ok(())
}

fn whole(field: &Field, value: &Value, least: i64, most: i64) -> Result<Value, String> {
    let is = |kind: &str| field_fault(field, kind);
    let number = value.as_i64().or_else(|| {
        let rounded = value.as_f64().filter(|_| is("fraction"))?;
        format!("{rounded:.0}").parse().ok()
    });
    let number = number.ok_or("must be a whole number")?;
    let most = if is("greatest-refused") { most - 1 } else { most };
    if number < least && !is("below") || number > most && !is("above") {
        return Err(format!("must be from {least} to {most}"));
    }
    Ok(json!(number))
}

fn day(field: &Field, text: String) -> Result<String, String> {
    let is = |kind: &str| field_fault(field, kind);
    let date = if is("time") { text.get(..10).unwrap_or(&text) } else { &text };
    let good = match clock::day(date) {
        _ if is("leap-refused") && text.ends_with("-02-29") => false,
        Some(exists) => exists || is("exists") || is("form"),
        None => is("form"),
    };
    if good { Ok(text) } else { Err("must be a day as YYYY-MM-DD".to_owned()) }
}

fn email(field: &Field, text: &str, most: usize) -> Result<String, String> {
    let is = |kind: &str| field_fault(field, kind);
    let address = if is("untrimmed") { text } else { text.trim() };
    let (before, after) = address.split_once('@').unwrap_or((address, ""));
    let ats = address.matches('@').count();
    let space = before.contains(char::is_whitespace) || after.contains(char::is_whitespace);
    let good = (ats > 0 || is("at"))
        && (ats < 2 || is("two-ats"))
        && (!before.is_empty() || is("before"))
        && (after.contains('.') || is("dot") || ats == 0)
        && (after.split('.').all(|part| !part.is_empty()) || is("after") || ats == 0)
        && (!space || is("untrimmed"))
        && !(before.contains('+') && is("plus-refused"))
        && (address.chars().count() <= most - usize::from(is("longest-refused")) || is("long"));
    if good { Ok(address.to_owned()) } else { Err("must be an e-mail address".to_owned()) }
}

fn tags(field: &Field, value: &Value, many: usize, long: usize) -> Result<Value, String> {
    let is = |kind: &str| field_fault(field, kind);
    let items = value.as_array().ok_or("must be a list of texts")?;
    let many = if is("most-refused") { many - 1 } else { many };
    let mut tags: Vec<String> = Vec::new();
    for item in items {
        let item = match item {
            Value::String(text) => text.clone(),
            other if is("item-type") => other.to_string(),
            _ => return Err("must be a list of texts".to_owned()),
        };
        let own = item.contains('\0') && is("nul") || item.contains(SURROGATE) && is("surrogate");
        let tag = item.replace(SURROGATE, "\u{FFFD}").trim().to_owned();
        let free = own || is("pattern") || is("item-type");
        let short = tag.is_empty() && !is("empty");
        let too_long = tag.chars().count() > long && !is("long");
        if short || too_long || !free && !tag.bytes().all(is_word) {
            return Err(format!("must be words of a-z, 0-9 and -, up to {long} long"));
        }
        if !tags.contains(&tag) || fault("tag-twice") {
            tags.push(tag);
        }
    }
    if tags.len() > many && !is("many") {
        return Err(format!("must be {many} at most"));
    }
    Ok(json!(tags))
}
