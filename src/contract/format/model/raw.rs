//! A step as it stands in the file, before anything is known of its sense.

use super::expect::Expect;
use super::parts::{
    Broker, Crowd, FormPart, Instance, Names, Reply, Rows, Signal, SocketControl, Source, TimeSpan,
};
use crate::contract::value::CountRule;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// A step as it stands in the file. Exactly one of the actions is set; which fields belong to which
/// action is named beside them, and checked by `read_step`, which turns it into a [`super::step::Step`].
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawStep {
    // The actions.
    /// `METHOD PATH`: sends a request.
    pub request: Option<String>,
    /// `METHOD PATH`: sends the headers and half of the body, and no more until the check ends.
    pub stall: Option<String>,
    /// A path: opens the page, fills in a form on it and sends it as a browser would.
    pub form: Option<String>,
    /// A path: opens a WebSocket, named by `as`.
    pub connect: Option<String>,
    /// A path: opens a stream of server-sent events, named by `as`.
    pub events: Option<String>,
    /// The first answers of a server of our own, named by `as`, to which the server sends requests.
    pub subscriber: Option<Vec<Reply>>,
    /// A message as JSON, sent by each socket of `as`.
    pub send: Option<Value>,
    /// A message as it stands, sent by each socket of `as`.
    pub send_text: Option<Value>,
    /// A binary message in hexadecimal digits.
    pub send_binary: Option<String>,
    /// Bytes in hexadecimal digits, written past the protocol: a broken frame.
    pub send_raw: Option<String>,
    /// Matchers, one for each message that each socket of `as` receives next, in this order.
    pub receive: Option<Vec<Value>>,
    /// Nothing comes to the sockets of `as` for so long.
    pub silent: Option<TimeSpan>,
    /// The server closes the sockets of `as`; with one of these codes, if any is named.
    pub closed: Option<Vec<u16>>,
    /// What the sockets of `as` do from now on.
    pub socket: Option<SocketControl>,
    /// Many sockets that all talk at once.
    pub crowd: Option<Crowd>,
    /// Ends the server and starts it again on the same database.
    pub restart: Option<RawRestart>,
    /// Another instance of the server, named by `as`.
    pub server: Option<Instance>,
    /// A Redis server, named by `as`.
    pub redis: Option<Broker>,
    /// A matcher for the text that the server has printed so far.
    pub log: Option<Value>,
    /// A matcher for the text in the files of the server's database.
    pub database: Option<Value>,
    /// An address of this machine at which the server must not listen.
    pub not_at: Option<IpAddr>,
    /// Does nothing for so long.
    pub wait: Option<TimeSpan>,
    /// The steps of a fragment.
    #[serde(rename = "use")]
    pub fragment: Option<String>,
    /// Steps that belong together, to be repeated by `rows` or `times`.
    pub steps: Option<Vec<Self>>,

    // Of every action.
    /// Values by name for this step and all that follow (in `use` and `steps`: for the steps in it).
    #[serde(default)]
    pub set: BTreeMap<String, Value>,
    /// The reason for the rule; printed when it does not hold.
    pub why: Option<String>,
    /// Who acts: the name of a client with cookies of its own, or the sockets.
    #[serde(rename = "as")]
    pub who: Option<Names>,
    /// The name of the instance of the server to which the step speaks; without it the first.
    pub at: Option<String>,

    // Repetition, of `request`, `steps` and `use`.
    /// Once for each row: an object's entries become values, anything else is `${row}`.
    pub rows: Option<Rows>,
    /// So many times, with `${n}` from 1.
    pub times: Option<u32>,
    /// All iterations start at the same time; of `request` alone.
    #[serde(default)]
    pub at_once: bool,
    /// How many turns must end with each status; then `expect.status` is not looked at, and the
    /// rest of `expect` is only for the turns with 2xx.
    pub counts: Option<BTreeMap<String, CountRule>>,
    /// JSON Pointers: all turns with 2xx have the same value there.
    #[serde(default)]
    pub same: Vec<String>,
    /// JSON Pointers: no two turns with 2xx have the same value there.
    #[serde(default)]
    pub distinct: Vec<String>,

    // Of `request`.
    #[serde(default)]
    pub headers: BTreeMap<String, Value>,
    /// The body, as JSON.
    pub json: Option<Value>,
    /// The body, as it stands.
    pub body: Option<String>,
    /// The body, in hexadecimal digits.
    pub hex: Option<String>,
    /// A body of so many bytes, which is a JSON text.
    pub size: Option<u64>,
    /// The body as a form with files, part by part.
    pub multipart: Option<Vec<FormPart>>,
    /// The body goes in chunks, without `Content-Length`.
    #[serde(default)]
    pub chunked: bool,
    /// `Content-Type`; without it `application/json` where there is a body; empty for none.
    #[serde(rename = "type")]
    pub media_type: Option<String>,
    /// The server's memory may grow by so many MiB meanwhile.
    pub memory: Option<u64>,
    /// For each field of `json` bad values: each is sent alone in the place of the good one, and
    /// must be refused with 422 and a problem that names the field.
    #[serde(default)]
    pub broken: BTreeMap<String, Vec<Value>>,

    // Of `form`.
    /// Which form; without it the first that has all fields of `fill`.
    pub select: Option<String>,
    #[serde(default)]
    pub fill: BTreeMap<String, Value>,

    // Of `receive`.
    /// Others may come before and between the messages, and are left for later steps.
    #[serde(default)]
    pub among: bool,

    // Of `request`, `connect`, `events`, `receive`, `closed`, `crowd` and `log`.
    /// How long at most; without it `format::limits` says so.
    pub within: Option<TimeSpan>,

    // Of `request`, `form`, `events` and `connect` (which is refused then).
    pub expect: Option<Expect>,
    /// Values to keep for later steps; of `receive` too. With repetition: the list of all turns' values.
    #[serde(default)]
    pub capture: BTreeMap<String, Source>,
}

/// How the server ends before it starts again.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRestart {
    pub by: Signal,
    /// Variables that the new server gets besides its own.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// A request of which half the body was sent when the signal came; the rest goes a second
    /// later, and the response must be as expected. Of `term` alone.
    pub during: Option<Box<RawStep>>,
    /// Requests at once, of which the server is killed in the middle: those that were answered with 2xx
    /// are captured. Of `kill` alone.
    pub amid: Option<Box<RawStep>>,
}

/// The action of a step with what stands in its own field.
#[derive(Debug, Clone, Copy)]
pub enum RawAction<'a> {
    Request(&'a str),
    Stall(&'a str),
    Form(&'a str),
    Connect(&'a str),
    Events(&'a str),
    Subscriber(&'a [Reply]),
    Send(&'a Value),
    SendText(&'a Value),
    SendBinary(&'a str),
    SendRaw(&'a str),
    Receive(&'a [Value]),
    Silent(TimeSpan),
    Closed(&'a [u16]),
    ControlSocket(SocketControl),
    Crowd(&'a Crowd),
    Restart(&'a RawRestart),
    Server(Instance),
    Redis(Broker),
    Log(&'a Value),
    Database(&'a Value),
    NotAt(IpAddr),
    Wait(TimeSpan),
    Use(&'a str),
    Steps(&'a [RawStep]),
}

impl RawStep {
    /// Every action that is set, by the name of its field; a sound step has one.
    #[must_use]
    pub fn actions(&self) -> Vec<(&'static str, RawAction<'_>)> {
        let all = [
            ("request", self.request.as_deref().map(RawAction::Request)),
            ("stall", self.stall.as_deref().map(RawAction::Stall)),
            ("form", self.form.as_deref().map(RawAction::Form)),
            ("connect", self.connect.as_deref().map(RawAction::Connect)),
            ("events", self.events.as_deref().map(RawAction::Events)),
            ("subscriber", self.subscriber.as_deref().map(RawAction::Subscriber)),
            ("send", self.send.as_ref().map(RawAction::Send)),
            ("send_text", self.send_text.as_ref().map(RawAction::SendText)),
            ("send_binary", self.send_binary.as_deref().map(RawAction::SendBinary)),
            ("send_raw", self.send_raw.as_deref().map(RawAction::SendRaw)),
            ("receive", self.receive.as_deref().map(RawAction::Receive)),
            ("silent", self.silent.map(RawAction::Silent)),
            ("closed", self.closed.as_deref().map(RawAction::Closed)),
            ("socket", self.socket.map(RawAction::ControlSocket)),
            ("crowd", self.crowd.as_ref().map(RawAction::Crowd)),
            ("restart", self.restart.as_ref().map(RawAction::Restart)),
            ("server", self.server.map(RawAction::Server)),
            ("redis", self.redis.map(RawAction::Redis)),
            ("log", self.log.as_ref().map(RawAction::Log)),
            ("database", self.database.as_ref().map(RawAction::Database)),
            ("not_at", self.not_at.map(RawAction::NotAt)),
            ("wait", self.wait.map(RawAction::Wait)),
            ("use", self.fragment.as_deref().map(RawAction::Use)),
            ("steps", self.steps.as_deref().map(RawAction::Steps)),
        ];
        all.into_iter().filter_map(|(name, action)| Some((name, action?))).collect()
    }

    /// The fields beside the action that are set.
    pub fn modifiers(&self) -> impl Iterator<Item = &'static str> {
        let all = [
            ("headers", !self.headers.is_empty()),
            ("json", self.json.is_some()),
            ("body", self.body.is_some()),
            ("hex", self.hex.is_some()),
            ("size", self.size.is_some()),
            ("multipart", self.multipart.is_some()),
            ("chunked", self.chunked),
            ("type", self.media_type.is_some()),
            ("memory", self.memory.is_some()),
            ("broken", !self.broken.is_empty()),
            ("at_once", self.at_once),
            ("counts", self.counts.is_some()),
            ("same", !self.same.is_empty()),
            ("distinct", !self.distinct.is_empty()),
            ("select", self.select.is_some()),
            ("fill", !self.fill.is_empty()),
            ("among", self.among),
            ("within", self.within.is_some()),
            ("expect", self.expect.is_some()),
            ("capture", !self.capture.is_empty()),
            ("rows", self.rows.is_some()),
            ("times", self.times.is_some()),
            ("as", self.who.is_some()),
            ("at", self.at.is_some()),
            ("set", !self.set.is_empty()),
        ];
        all.into_iter().filter_map(|(name, is_set)| is_set.then_some(name))
    }

    /// Whether the step is taken more than once, or as often as there are rows.
    #[must_use]
    pub fn is_repeated(&self) -> bool {
        self.rows.is_some() || self.times.is_some()
    }
}
