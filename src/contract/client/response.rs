//! The response of a server, or why there is none.

use crate::contract::value::{short, visible};
use serde_json::Value;

/// How many characters of a body are shown.
const MAX_SHOWN_CHARACTERS: usize = 2_000;

/// A response as it was received.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// The words beside the status.
    pub reason: String,
    /// In the order in which they came.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The body was longer than is read, and ends early here.
    pub truncated: bool,
    /// The path that was requested: the base of relative addresses in the response.
    pub path: String,
}

/// Why there is no response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    #[error("the server takes no connection ({0})")]
    Refused(String),
    #[error("the connection ended without a response")]
    Closed,
    #[error("no whole response within {0} seconds")]
    TimedOut(u64),
    #[error("a response that is no HTTP: {0}")]
    Malformed(String),
    /// We may open no more connections ourselves; it says nothing about the server.
    #[error("no connection can be opened here: {0}")]
    OwnLimit(String),
    /// The request cannot be sent as it is written.
    #[error("{0}")]
    Unsendable(String),
}

impl Response {
    /// The values of a header, joined by `, `; its name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self.header_values(name).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// Each value of a header.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named =
            self.headers.iter().filter(move |(header, _)| header.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// The media type without its parameters, in lower case.
    #[must_use]
    pub fn media_type(&self) -> Option<String> {
        let whole = self.header("content-type")?;
        Some(whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// The body as text, if it is UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.body).ok()
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Whether the status is one of success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Status line, headers and body, shortened, its control characters visible.
    #[must_use]
    pub fn describe(&self) -> String {
        let mut all = format!("HTTP/1.1 {} {}\n", self.status, visible(&self.reason, false));
        for (name, value) in &self.headers {
            all.push_str(&format!("{name}: {}\n", short(&visible(value, false), 300)));
        }
        if !self.body.is_empty() {
            // No more than can be shown is looked at.
            let body = &self.body[..self.body.len().min(MAX_SHOWN_CHARACTERS * 8)];
            let body = visible(&String::from_utf8_lossy(body).replace("\r\n", "\n"), true);
            all.push_str(&format!("\n{}", short(&body, MAX_SHOWN_CHARACTERS)));
        }
        all.trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_match_in_any_case_and_are_joined() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let headers = vec![
            pair("Allow", "GET"),
            pair("allow", "PUT"),
            pair("Content-Type", "Text/HTML; a=b"),
        ];
        let response = Response { status: 204, headers, ..Response::default() };
        assert_eq!(response.header("ALLOW").as_deref(), Some("GET, PUT"));
        assert_eq!(response.header("etag"), None);
        assert_eq!(response.media_type().as_deref(), Some("text/html"));
    }

    #[test]
    fn an_answer_is_shown_on_a_safe_and_short_text() {
        let body = [b"a\x1b[2J\xff\n".to_vec(), vec![b'x'; 1_000_000]].concat();
        let response = Response { status: 200, reason: "OK".into(), body, ..Response::default() };
        let shown = response.describe();
        assert!(shown.starts_with("HTTP/1.1 200 OK\n\na\\u{1b}[2J\u{fffd}\nxx"), "{shown}");
        assert!(shown.chars().count() < 2_100, "{}", shown.len());
    }
}
