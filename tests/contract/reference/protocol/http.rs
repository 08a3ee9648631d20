//! Requests as they are read, and answers before they are written.

use serde_json::Value;
use std::net::TcpStream;

/// What takes a connection over after an answer of 101: it gets the bytes that were read ahead.
pub type Switch = Box<dyn FnOnce(TcpStream, Vec<u8>) + Send>;

pub struct Request {
    pub method: String,
    /// As sent, without the query.
    pub path: String,
    pub query: Vec<(String, String)>,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The decoded parts of the path: an encoded slash parts nothing.
    pub fn segments(&self) -> Vec<String> {
        self.path.split('/').skip(1).map(|part| decode(part, false)).collect()
    }

    pub fn is_api(&self) -> bool {
        self.path == "/api" || self.path.starts_with("/api/")
    }

    /// The media type of the body, in lower case and without parameters.
    pub fn media_type(&self) -> Option<String> {
        let kind = self.header("content-type")?.split(';').next()?.trim().to_ascii_lowercase();
        (!kind.is_empty()).then_some(kind)
    }
}

/// Splits `a=b&c=d` as a query or a form has it.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(name, true), decode(value, true))
        })
        .collect()
}

fn decode(text: &str, plus: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        let code = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (byte, code) {
            (b'%', Some(code)) => {
                out.push(code);
                at += 2;
            }
            (b'+', _) if plus => out.push(b' '),
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

pub enum Body {
    Empty,
    Json(Value),
    Bytes(Vec<u8>),
}

pub struct Response {
    pub status: u16,
    pub media_type: &'static str,
    pub body: Body,
    pub headers: Vec<(&'static str, String)>,
    pub switch: Option<Switch>,
}

pub const JSON: &str = "application/json";
pub const PROBLEM: &str = "application/problem+json";
pub const HTML: &str = "text/html; charset=utf-8";

impl Response {
    pub fn new(status: u16, media_type: &'static str, body: Body) -> Self {
        Self { status, media_type, body, headers: Vec::new(), switch: None }
    }

    pub fn json(status: u16, value: Value) -> Self {
        Self::new(status, JSON, Body::Json(value))
    }

    pub fn html(status: u16, page: String) -> Self {
        Self::new(status, HTML, Body::Bytes(page.into_bytes()))
    }

    pub fn empty(status: u16) -> Self {
        Self::new(status, "", Body::Empty)
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// 201 with the resource and where it lives.
    pub fn created(value: Value, location: impl Into<String>) -> Self {
        Self::json(201, value).with("Location", location)
    }
}
