//! A step as it is run: one action with exactly what belongs to it. `read_step` makes it of what stands in the file.

use super::expect::Expect;
use super::parts::{Broker, Crowd, FormPart, Instance, Reply, Rows, SocketControl, Source};
use crate::contract::value::CountRule;
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

/// One thing to do, and what must come of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Values by name for this step and all that follow (of a group: for the steps in it).
    pub set: BTreeMap<String, Value>,
    /// The reason for the rule; printed when it does not hold.
    pub why: Option<String>,
    /// The name of the instance of the server to which it speaks; without it the first. In a crowd every second
    /// client speaks to it.
    pub at: Option<String>,
    pub action: Action,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    Request(Box<RequestStep>),
    /// The headers and half of the body are sent, and no more until the check ends.
    Stall(Box<RequestStep>),
    Form(Box<FormStep>),
    Connect(Box<ConnectStep>),
    /// Streams of server-sent events that are opened; `refused` is then what the head of the response must be.
    Events(Box<ConnectStep>),
    /// Subscribers that listen; the URL of each is then the value of its name.
    Subscriber {
        sockets: Vec<String>,
        replies: Vec<Reply>,
    },
    /// Each socket sends the message.
    Send {
        sockets: Vec<String>,
        message: Outgoing,
    },
    /// A matcher for each message that each socket receives next, in this order.
    Receive(ReceiveStep),
    /// Nothing comes to the sockets for so long.
    Silent {
        sockets: Vec<String>,
        span: Duration,
    },
    /// The server closes the sockets; with one of these codes, if any is named.
    Closed {
        sockets: Vec<String>,
        codes: Vec<u16>,
        within: Duration,
    },
    /// What the sockets do from now on.
    ControlSocket {
        sockets: Vec<String>,
        control: SocketControl,
    },
    /// Many sockets that all talk at once, within a time for all of it.
    Crowd {
        crowd: Box<Crowd>,
        within: Duration,
    },
    Restart(Box<Restart>),
    /// Another instance of the server; its URL is then the value of its name.
    Server {
        name: String,
        order: Instance,
    },
    /// A Redis server; its URL is then the value of its name.
    Redis {
        name: String,
        order: Broker,
    },
    /// A matcher for the text that the server has printed, or prints within so long.
    Log {
        matcher: Value,
        within: Duration,
    },
    /// A matcher for the text in the files of the server's database.
    Database(Value),
    /// At this address of this machine the server must not listen.
    NotAt(IpAddr),
    Wait(Duration),
    Group(Group),
}

/// A request, and what its response must be.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestStep {
    /// The name of the client, which has cookies of its own; empty for the unnamed one.
    pub client: String,
    /// `METHOD PATH`.
    pub line: String,
    pub headers: BTreeMap<String, Value>,
    pub body: BodyTemplate,
    /// The body goes in chunks, without `Content-Length`.
    pub chunked: bool,
    /// `Content-Type`; without it `application/json` where there is a body; empty for none.
    pub media_type: Option<String>,
    /// The server's memory may grow by so many MiB meanwhile.
    pub memory: Option<u64>,
    pub expect: Expect,
    /// Values to keep for later steps. With repetition: the list of the values of all iterations.
    pub capture: BTreeMap<String, Source>,
    pub mode: Mode,
}

/// The body of a request before its variables are filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyTemplate {
    None,
    Json(Value),
    Text(String),
    /// Hexadecimal digits.
    Hex(String),
    /// A JSON text of so many bytes.
    Size(u64),
    /// A body of `multipart/form-data`.
    Multipart(Vec<FormPart>),
}

/// How often a request is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Mode {
    Once,
    /// Again and again until its response is as expected, for so long at most.
    Until(Duration),
    Repeated(Repeated),
    /// Once for each bad value, by the field in whose place it is sent; refused with 422 each time.
    Broken {
        good: Value,
        fields: BTreeMap<String, Vec<Value>>,
    },
}

/// A repetition of a request, and what its responses must be together.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeated {
    pub repeat: Repeat,
    /// All iterations start at the same time.
    pub at_once: bool,
    /// How many iterations must end with each status; then the rest of `expect` is for those with 2xx alone.
    pub counts: Option<BTreeMap<String, CountRule>>,
    /// JSON Pointers: all responses with 2xx have the same value there.
    pub same: Vec<String>,
    /// JSON Pointers: no two responses with 2xx have the same value there.
    pub distinct: Vec<String>,
}

/// A repetition.
#[derive(Debug, Clone, PartialEq)]
pub enum Repeat {
    /// Once for each row.
    Rows(Rows),
    /// So many times, with `${n}` from 1.
    Times(u32),
}

/// A form on a page, filled in and sent.
#[derive(Debug, Clone, PartialEq)]
pub struct FormStep {
    pub client: String,
    /// The path of the page.
    pub path: String,
    /// Which form; without it the first that has all fields of `fill`.
    pub select: Option<String>,
    pub fill: BTreeMap<String, Value>,
    pub headers: BTreeMap<String, Value>,
    /// What the response to the form must be.
    pub expect: Expect,
    pub capture: BTreeMap<String, Source>,
}

/// WebSockets, or streams of events, that are opened.
#[derive(Debug, Clone, PartialEq)]
pub struct ConnectStep {
    pub sockets: Vec<String>,
    pub path: String,
    pub headers: BTreeMap<String, Value>,
    pub within: Duration,
    /// The server must refuse, with this response.
    pub refused: Option<Refused>,
}

/// What each of the sockets receives next.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiveStep {
    pub sockets: Vec<String>,
    /// A matcher for each message, in their order.
    pub matchers: Vec<Value>,
    pub within: Duration,
    /// Others may come before and between them, and are left.
    pub among: bool,
    /// JSON Pointers into the list of the messages that came, by the name of the value.
    pub capture: BTreeMap<String, String>,
}

/// The expected response to a refused handshake, and the values captured from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    pub expect: Expect,
    pub capture: BTreeMap<String, Source>,
}

/// What a socket sends, before its variables are filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum Outgoing {
    Json(Value),
    Text(Value),
    /// Hexadecimal digits of a binary message.
    Binary(String),
    /// Hexadecimal digits of bytes that are written past the protocol.
    Raw(String),
}

/// The server ends and starts again on the same database.
#[derive(Debug, Clone, PartialEq)]
pub struct Restart {
    /// Variables that the new server gets besides its own.
    pub environment: BTreeMap<String, String>,
    pub end: End,
}

/// How the server ends, and what is under way meanwhile.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    Term { during: Option<TerminateDuringRequest> },
    Kill { amid: Option<KillDuringRequests> },
}

/// A request of which half the body was sent when the signal came.
#[derive(Debug, Clone, PartialEq)]
pub struct TerminateDuringRequest {
    pub request: RequestStep,
    pub why: Option<String>,
}

/// Concurrent requests during which the server is killed: values are captured from responses with 2xx.
#[derive(Debug, Clone, PartialEq)]
pub struct KillDuringRequests {
    pub request: RequestStep,
    pub repeat: Repeat,
    pub set: BTreeMap<String, Value>,
    pub why: Option<String>,
}

/// Steps that belong together, taken once or repeated.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub steps: GroupSteps,
    pub repeat: Option<Repeat>,
}

/// The steps of a group.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupSteps {
    /// Those of the fragment with this name.
    Fragment(String),
    Written(Vec<Step>),
}

impl Step {
    /// The name of the fragment, where the step is its steps, taken once.
    #[must_use]
    pub fn fragment(&self) -> Option<&str> {
        match &self.action {
            Action::Group(Group { steps: GroupSteps::Fragment(name), repeat: None }) => Some(name),
            _ => None,
        }
    }

    /// Whether the step, or one of its group, needs a server that the run started itself. `fragment` gives the
    /// steps of a fragment.
    pub fn needs_own_server<'c>(&'c self, fragment: &dyn Fn(&str) -> &'c [Self]) -> bool {
        match &self.action {
            Action::Restart(_)
            | Action::Server { .. }
            | Action::Redis { .. }
            | Action::Log { .. }
            | Action::Database(_)
            | Action::NotAt(_) => true,
            Action::Request(request) => request.memory.is_some(),
            Action::Group(Group { steps: GroupSteps::Written(steps), .. }) => {
                steps.iter().any(|step| step.needs_own_server(fragment))
            }
            Action::Group(Group { steps: GroupSteps::Fragment(name), .. }) => {
                fragment(name).iter().any(|step| step.needs_own_server(fragment))
            }
            _ => false,
        }
    }

    /// The step in a few words: `POST /api/tasks`, `ada: receive`.
    #[must_use]
    pub fn label(&self) -> String {
        self.action.label()
    }
}

impl Action {
    /// The action in a few words, with those who act.
    #[must_use]
    pub fn label(&self) -> String {
        let by = |names: &[String], action: &str| match names.join(", ") {
            names if names.is_empty() => action.to_owned(),
            names => format!("{names}: {action}"),
        };
        let client = std::slice::from_ref::<String>;
        match self {
            Self::Request(request) => by(client(&request.client), &request.line),
            Self::Stall(request) => by(client(&request.client), &format!("stall {}", request.line)),
            Self::Form(form) => by(client(&form.client), &format!("form {}", form.path)),
            Self::Connect(connect) => by(&connect.sockets, &format!("connect {}", connect.path)),
            Self::Events(events) => by(&events.sockets, &format!("events {}", events.path)),
            Self::Subscriber { sockets, .. } => by(sockets, "subscriber"),
            Self::Send { sockets, message } => by(sockets, message.label()),
            Self::Receive(receive) => by(&receive.sockets, "receive"),
            Self::Silent { sockets, .. } => by(sockets, "silent"),
            Self::Closed { sockets, .. } => by(sockets, "closed"),
            Self::ControlSocket { sockets, .. } => by(sockets, "socket"),
            Self::Crowd { .. } => "crowd".to_owned(),
            Self::Restart(_) => "restart".to_owned(),
            Self::Server { name, .. } => by(client(name), "server"),
            Self::Redis { name, .. } => by(client(name), "redis"),
            Self::Log { .. } => "log".to_owned(),
            Self::Database(_) => "database".to_owned(),
            Self::NotAt(address) => format!("not at {address}"),
            Self::Wait(_) => "wait".to_owned(),
            Self::Group(Group { steps: GroupSteps::Fragment(name), .. }) => format!("use {name}"),
            Self::Group(_) => "steps".to_owned(),
        }
    }
}

impl Action {
    /// Whether it is about WebSockets that are named.
    #[must_use]
    pub fn is_of_sockets(&self) -> bool {
        matches!(
            self,
            Self::Connect(_)
                | Self::Events(_)
                | Self::Subscriber { .. }
                | Self::Send { .. }
                | Self::Receive(_)
                | Self::Silent { .. }
                | Self::Closed { .. }
                | Self::ControlSocket { .. }
        )
    }

    /// The names under which the action keeps values.
    #[must_use]
    pub fn captured(&self) -> Vec<&String> {
        match self {
            Self::Request(request) => request.capture.keys().collect(),
            Self::Form(form) => form.capture.keys().collect(),
            Self::Connect(connect) | Self::Events(connect) => {
                connect.refused.iter().flat_map(|refused| refused.capture.keys()).collect()
            }
            Self::Subscriber { sockets, .. } => sockets.iter().collect(),
            Self::Server { name, .. } | Self::Redis { name, .. } => vec![name],
            Self::Receive(receive) => receive.capture.keys().collect(),
            Self::Crowd { crowd, .. } => crowd.capture.iter().collect(),
            Self::Restart(restart) => match &restart.end {
                End::Term { during } => {
                    during.iter().flat_map(|during| during.request.capture.keys()).collect()
                }
                End::Kill { amid } => {
                    amid.iter().flat_map(|amid| amid.request.capture.keys()).collect()
                }
            },
            _ => Vec::new(),
        }
    }
}

impl Outgoing {
    /// What is sent, in a few words.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Json(_) => "send",
            Self::Text(_) => "send text",
            Self::Binary(_) => "send binary",
            Self::Raw(_) => "send raw",
        }
    }
}
