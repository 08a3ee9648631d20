//! Problems as RFC 9457 describes them.

use super::response::wrong_charset;
use crate::contract::client::Response;
use crate::contract::value::{Difference, Matcher, Type, ValuePath, quoted, shown};
use serde_json::Value;

/// A problem in words.
pub const DESCRIPTION: &str = "a problem (RFC 9457): {\"type\", \"title\", \"status\", \"detail\"}";

/// The differences between `response` and a problem; with `fields`, its `errors` must name these at least.
#[must_use]
pub fn differences(response: &Response, fields: Option<&[String]>) -> Vec<Difference> {
    let mut differences = Vec::new();
    let media_type = response.media_type();
    if media_type.as_deref() != Some("application/problem+json") {
        let actual = media_type.map_or_else(|| "no such header".to_owned(), |media| quoted(&media));
        differences.push(Difference::new(
            "header content-type",
            "application/problem+json",
            actual,
        ));
    }
    differences.extend(wrong_charset(response));
    let Some(body) = response.json().filter(Value::is_object) else {
        let actual = quoted(&String::from_utf8_lossy(&response.body));
        differences.push(Difference::new("body", DESCRIPTION, actual));
        return differences;
    };
    let key = |name: &str, matcher| (name.to_owned(), matcher);
    let mut expected: Vec<(String, Matcher)> =
        ["type", "title", "detail"].map(|name| key(name, Matcher::Type(Type::Text))).to_vec();
    expected.push(key("status", Matcher::Equal(Value::from(response.status))));
    differences
        .extend(Matcher::Object(expected).differences(&ValuePath::new("json", ""), Some(&body)));
    if let Some(fields) = fields {
        errors(&body, fields, &mut differences);
    }
    differences
}

fn errors(body: &Value, fields: &[String], differences: &mut Vec<Difference>) {
    let Some(errors) = body.get("errors").and_then(Value::as_object) else {
        let actual = body.get("errors").map_or_else(|| "no such key".to_owned(), shown);
        let expected = "an object that names each broken field";
        differences.push(Difference::new("json /errors", expected, actual));
        return;
    };
    let texts = |value: &Value| {
        value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(Value::is_string))
    };
    for (name, messages) in errors.iter().filter(|(_, messages)| !texts(messages)) {
        let place = format!("json /errors/{name}");
        differences.push(Difference::new(place, "a list of texts", shown(messages)));
    }
    for field in fields.iter().filter(|field| !errors.contains_key(*field)) {
        let named: Vec<String> = errors.keys().map(|key| format!("`{key}`")).collect();
        let actual = match named.is_empty() {
            true => "no field".to_owned(),
            false => format!("{} alone", named.join(", ")),
        };
        differences.push(Difference::new("json /errors", format!("`{field}` to be named"), actual));
    }
}
