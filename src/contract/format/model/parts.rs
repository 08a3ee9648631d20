//! The smaller parts of a contract's model: what the fields of a step and of an expectation hold.

use crate::contract::value::CountRule;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// Elements of a page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Html {
    /// A CSS selector.
    pub select: String,
    /// How many there are; without it at least one.
    pub count: Option<CountRule>,
    /// A matcher for the text of the first, its white space as one space, trimmed.
    pub text: Option<Value>,
    /// Matchers for the text of each, in the order of the page.
    pub texts: Option<Vec<Value>>,
    /// Matchers for attributes of the first.
    #[serde(default)]
    pub attributes: BTreeMap<String, Value>,
}

/// Series of a metric.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// As it stands before the labels: `http_request_duration_seconds_count`.
    pub name: String,
    /// The type that is declared for the metric.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Matchers for labels; others may be there.
    #[serde(default)]
    pub labels: BTreeMap<String, Value>,
    /// A matcher for the sum of their values.
    pub sum: Option<Value>,
    /// A matcher for how many there are; without it at least one.
    pub count: Option<Value>,
}

/// A part of a body of `multipart/form-data`, as a form with a file sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormPart {
    /// The name of the field.
    pub name: String,
    /// The name of the file; a part without it is a plain field.
    pub file: Option<String>,
    /// `Content-Type` of the part; without it none is sent.
    #[serde(rename = "type")]
    pub media_type: Option<String>,
    /// The content, in hexadecimal digits.
    pub hex: Option<String>,
    /// The content as text, after `hex`.
    pub text: Option<String>,
    /// How many bytes the content has: NUL bytes after the rest.
    pub size: Option<u64>,
}

/// An operation that an OpenAPI description has: `METHOD /path/{name}`, or that with what it says of the body.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(
    untagged,
    expecting = "`GET /api/notes/{id}`, or `{operation: POST /api/notes, required: [title]}` with `maxLength`, `enum` and others of a field"
)]
pub enum Described {
    Operation(String),
    Body(DescribedBody),
}

impl Described {
    /// `METHOD /path/{name}`.
    #[must_use]
    pub fn operation(&self) -> &str {
        match self {
            Self::Operation(operation) => operation,
            Self::Body(body) => &body.operation,
        }
    }
}

/// What an OpenAPI description must say of the fields of a JSON body, by the keywords of JSON Schema. It may say more.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DescribedBody {
    pub operation: String,
    /// Fields that must be sent.
    #[serde(default)]
    pub required: Vec<String>,
    /// Fields with a pattern, whichever it is: one rule is written in many ways.
    #[serde(default)]
    pub pattern: Vec<String>,
    /// Choices of a field, in any order; `null` is not counted.
    #[serde(default, rename = "enum")]
    pub choices: BTreeMap<String, Vec<Value>>,
    #[serde(default)]
    pub min_length: BTreeMap<String, i64>,
    #[serde(default)]
    pub max_length: BTreeMap<String, i64>,
    #[serde(default)]
    pub minimum: BTreeMap<String, i64>,
    #[serde(default)]
    pub maximum: BTreeMap<String, i64>,
    #[serde(default)]
    pub max_items: BTreeMap<String, i64>,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(
    untagged,
    expecting = "a JSON Pointer, or where a value comes from: `/id`, `{header: location}`"
)]
pub enum Source {
    /// A JSON Pointer into the body; empty for the whole.
    Json(String),
    At(Box<SourceAt>),
}

/// Where a value comes from, if not from one place of the body as JSON.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceAt {
    pub header: Option<String>,
    pub cookie: Option<String>,
    /// A CSS selector: the first element's text, or its attribute.
    pub html: Option<String>,
    pub attribute: Option<String>,
    /// A JSON Pointer into the body as XML, written as an object.
    pub xml: Option<String>,
    /// A JSON Pointer to a list: its first element for which `where` holds.
    pub first: Option<String>,
    /// A matcher for an element of `first`.
    #[serde(rename = "where")]
    pub like: Option<Value>,
    /// A JSON Pointer into that element; without it the whole element.
    pub take: Option<String>,
    /// Why the check is skipped on somebody else's server where no element fits: what a fresh server has may be
    /// used up there.
    pub or_skip: Option<String>,
    /// True: the status.
    #[serde(default)]
    pub status: bool,
    /// The name of a series in metrics: the sum of the values, 0 where there is none.
    pub metric: Option<String>,
    /// Matchers for the labels of `metric`.
    #[serde(default)]
    pub labels: BTreeMap<String, Value>,
    /// True: the number of these series, in the place of their sum.
    #[serde(default)]
    pub count: bool,
}

impl Source {
    /// The reason to skip the check on somebody else's server where the value is not there.
    #[must_use]
    pub fn or_skip(&self) -> Option<&str> {
        match self {
            Self::Json(_) => None,
            Self::At(at) => at.or_skip.as_deref(),
        }
    }
}

/// `true`, or the fields that must be named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "`true`, or a list of fields")]
pub enum Problem {
    Any(bool),
    Fields(Vec<String>),
}

/// Rows of values: written out, or the name of a captured list as `${name}`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged, expecting = "a list of rows, or a captured list as `${name}`")]
pub enum Rows {
    Named(String),
    Written(Vec<Value>),
}

/// One name or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a name or a list of names")]
pub enum Names {
    Single(String),
    Several(Vec<String>),
}

/// `201`, `4xx`, or a list of such.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "`201`, `4xx`, or a list of such")]
pub enum Statuses {
    Single(Status),
    Several(Vec<Status>),
}

/// `201` or `4xx`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "`201` or `4xx`")]
pub enum Status {
    Exactly(u16),
    Class(String),
}

/// How a subscriber answers a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// With this status, at once.
    Status(u16),
    /// Not at all: the connection is closed.
    Drop,
    /// With 204, after so long.
    Late(Duration),
}

impl<'de> Deserialize<'de> for Reply {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let status = value.as_u64().filter(|status| (200..600).contains(status));
        if let Some(status) = status.and_then(|status| u16::try_from(status).ok()) {
            return Ok(Self::Status(status));
        }
        if value == "drop" {
            return Ok(Self::Drop);
        }
        let wrong = || {
            let message =
                "is no answer of a subscriber; write a status, `drop`, or a time such as `2s`";
            de::Error::custom(format!("`{}` {message}", crate::contract::value::plain(&value)))
        };
        TimeSpan::deserialize(&value).map(|TimeSpan(span)| Self::Late(span)).map_err(|_| wrong())
    }
}

/// What a socket does from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SocketControl {
    /// Says good-bye, with code 1000.
    Close,
    /// Ends the connection without a word.
    Cut,
    /// Reads nothing any more, until `read`.
    Pause,
    /// Reads again.
    Read,
    /// Reads, but answers no ping any more.
    Mute,
}

/// Many sockets that all talk at once: each gets every message once, and all in the same order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crowd {
    /// The path of each; `${client}` is its number from 1.
    pub connect: String,
    pub clients: u32,
    /// How many messages each sends.
    pub messages: u32,
    /// They come one after the other, while those before them talk already; each must get what was said
    /// before it came, too.
    #[serde(default)]
    pub late: bool,
    /// A message; `${client}` and `${n}` (from 1) make it unlike all others.
    pub send: Value,
    /// A matcher for the messages of the crowd among all that a client receives: `{type: message}`.
    pub news: Value,
    /// A JSON Pointer to the value that identifies a received message; the same place in `send`.
    pub by: String,
    /// JSON Pointers into received messages: no two messages have the same value there.
    #[serde(default)]
    pub distinct: Vec<String>,
    /// JSON Pointers into received messages: each client gets them in the order of the numbers there.
    #[serde(default)]
    pub ascending: Vec<String>,
    /// Captured: the values at `by` in the order in which they came.
    pub capture: Option<String>,
}

/// What becomes of another instance of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instance {
    /// It starts, on the database and with the environment of the first.
    Start,
    /// SIGTERM: it must end as at a restart.
    Term,
    /// SIGKILL, to the whole process tree.
    Kill,
}

/// What becomes of a broker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Broker {
    /// It starts empty; one that was stopped at the same port.
    Start,
    /// It ends at once, with all that it holds.
    Stop,
}

/// How a server is asked to stop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// SIGTERM: it must end within 5 s, with 0, 143, or by the signal.
    #[default]
    Term,
    /// SIGKILL, to the whole process tree.
    Kill,
}

/// A span of time: `300ms` or `2s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSpan(pub Duration);

impl<'de> Deserialize<'de> for TimeSpan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = |digits: &str| digits.parse::<u64>().ok();
        let span = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
            (Some(digits), _) => number(digits).map(Duration::from_millis),
            (None, Some(digits)) => number(digits).map(Duration::from_secs),
            (None, None) => None,
        };
        span.map(Self).ok_or_else(|| {
            de::Error::custom(format!("`{text}` is no span of time; write `300ms` or `2s`"))
        })
    }
}

impl Names {
    /// All names.
    #[must_use]
    pub fn all(&self) -> &[String] {
        match self {
            Self::Single(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}
