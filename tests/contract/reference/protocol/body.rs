//! A JSON body: declared, well-formed, and an object.

use super::http::Request;
use super::http::{JSON, Response};
use super::problem::problem;
use crate::reference::faults::{any_surrogate_fault, fault};
use serde_json::{Map, Value};

/// What a lone surrogate becomes while a fault accepts it in some field.
pub const SURROGATE: char = '\u{10FFFD}';

/// The body's members.
///
/// # Errors
/// The refusal: 400 or 415.
pub fn object(request: &Request) -> Result<Map<String, Value>, Response> {
    let kind = request.media_type();
    let undeclared = kind.is_none() && fault("undeclared-body-accepted");
    let account = matches!(request.path.as_str(), "/api/users" | "/api/sessions");
    let any = fault("any-media-type") || account && fault("account-of-any-type");
    let wrong = kind.as_deref() != Some(JSON) && !any;
    let charset = request.header("content-type").is_some_and(|kind| kind.contains(';'));
    let charset = charset && fault("charset-refused");
    let declared = request.header("content-type").unwrap_or_default();
    let charset = charset || declared.contains(char::is_uppercase) && fault("media-type-case");
    let empty = request.body.is_empty() && (fault("no-body-accepted") || fault("no-body-500"));
    if (wrong && !undeclared || charset) && !empty {
        return Err(problem(415, "Send the body as application/json."));
    }
    if request.body.is_empty() && fault("no-body-accepted") {
        return Ok(Map::new());
    }
    if request.body.is_empty() && fault("no-body-500") {
        return Err(problem(500, "There is no first byte."));
    }
    let malformed = |detail: &str| {
        let status = match () {
            () if fault("malformed-500") => 500,
            () => 400,
        };
        Err(problem(status, detail))
    };
    let text = match std::str::from_utf8(&request.body) {
        Ok(text) => text.to_owned(),
        Err(_) if fault("invalid-utf8-accepted") => {
            String::from_utf8_lossy(&request.body).into_owned()
        }
        Err(_) => return malformed("The body is not UTF-8."),
    };
    let text = lenient(text);
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    match values.next() {
        Some(Ok(value)) => {
            let rest = text.get(values.byte_offset()..).unwrap_or_default();
            if !rest.trim().is_empty() && !fault("trailing-text-accepted") {
                return malformed("The body goes on after its JSON.");
            }
            match value {
                Value::Object(map) => Ok(map),
                _ if fault("non-object-500") => Err(problem(500, "No member of that name.")),
                _ => Err(problem(400, "The body is no JSON object.")),
            }
        }
        Some(Err(error)) if error.to_string().contains("recursion") && fault("deep-500") => {
            Err(problem(500, "The stack is exhausted."))
        }
        Some(Err(error)) if error.to_string().contains("surrogate") && fault("surrogate-500") => {
            Err(problem(500, "The database takes no such text."))
        }
        Some(Err(_)) | None => malformed("The body is not well-formed JSON."),
    }
}

/// The text as a parser would have it that is less strict than ours, under a fault.
pub fn lenient(mut text: String) -> String {
    if fault("nan-accepted") {
        text = text.replace("-Infinity", "1").replace("Infinity", "1").replace("NaN", "1");
    }
    if any_surrogate_fault() {
        text = without_lone_surrogates(&text);
    }
    text
}

/// Replaces escapes of surrogates that stand alone.
fn without_lone_surrogates(text: &str) -> String {
    let code = |rest: &str| {
        let digits = rest.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let next = rest.get(6..).and_then(code);
        let length = match (code(rest), next) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push(SURROGATE);
                rest = &rest[6..];
                continue;
            }
            (Some(_), _) => 6,
            _ => 2.min(rest.len()),
        };
        let length = if rest.is_char_boundary(length) { length } else { 1 };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out + rest
}
