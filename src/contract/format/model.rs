//! The contract of a project, as `contract.yaml` states it: milestones, checks, steps.
//!
//! Types alone; `validate` says what a sound contract is, CONTRIBUTING.md describes the format.

pub use super::parts::{
    Bounds, Conduct, Count, Crowd, Html, Names, Problem, Restart, Rows, Signal, Source, SourceAt,
    Span, Status, Statuses,
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The form of contract that this program reads.
pub const SCHEMA: u32 = 1;

/// What a project promises, told so that a machine can check it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The id of the project: `blog`.
    pub project: String,
    /// Raised when a server that kept the contract may keep it no longer.
    pub version: u32,
    /// Steps with a name, for checks that begin alike (`use: NAME`).
    #[serde(default)]
    pub fragments: BTreeMap<String, Vec<Step>>,
    /// In the order in which they are checked and recommended.
    pub milestones: Vec<Milestone>,
}

/// A named group of checks, tied to a stage of the roadmap.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Unique in the contract.
    pub id: String,
    pub title: String,
    /// The stage of the roadmap that explains it, by id.
    pub stage: String,
    /// Topics to read, by id; they count as done when the milestone has passed.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Passed by a fresh starter; what is not given is the learner's work.
    #[serde(default)]
    pub given: bool,
    /// One sentence.
    pub about: String,
    /// What is asked, as exactly as a person needs it to build it; Markdown.
    #[serde(default)]
    pub rules: String,
    /// A nudge, the approach, the pieces to use.
    #[serde(default)]
    pub hints: Vec<String>,
    /// None: the milestone is named, but this version of the contract does not check it.
    #[serde(default)]
    pub checks: Vec<Check>,
}

/// One rule, decided by steps. The first step that does not hold decides.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Unique in the milestone.
    pub id: String,
    /// The rule, as a sentence that is true of a good server.
    pub title: String,
    /// Why it cannot be checked on a server that somebody else started. A check that restarts
    /// the server needs no reason of its own.
    #[serde(default)]
    pub own_server: Option<String>,
    pub steps: Vec<Step>,
}

/// One thing to do, and what must come of it. Exactly one of the actions is set; which fields
/// belong to which action is told beside them, and held by `validate`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    // The actions.
    /// `METHOD PATH`: sends a request.
    pub request: Option<String>,
    /// A path: opens the page, fills in a form on it and sends it as a browser would.
    pub form: Option<String>,
    /// A path: opens a WebSocket, named by `as`.
    pub connect: Option<String>,
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
    pub silent: Option<Span>,
    /// The server closes the sockets of `as`; with one of these codes, if any is named.
    pub closed: Option<Vec<u16>>,
    /// What the sockets of `as` do from now on.
    pub socket: Option<Conduct>,
    /// Many sockets that all talk at once.
    pub crowd: Option<Crowd>,
    /// Ends the server and starts it again on the same database.
    pub restart: Option<Restart>,
    /// A matcher for the text that the server has printed so far.
    pub log: Option<Value>,
    /// Does nothing for so long.
    pub wait: Option<Span>,
    /// The steps of a fragment.
    #[serde(rename = "use")]
    pub fragment: Option<String>,
    /// Steps that belong together, to be repeated by `rows` or `times`.
    pub steps: Option<Vec<Self>>,

    // Of every action.
    /// Values by name for this step and all that follow (in `use` and `steps`: for the steps in it).
    #[serde(default)]
    pub set: BTreeMap<String, Value>,
    /// Why the rule is so; told when it does not hold.
    pub why: Option<String>,
    /// Who acts: the name of a client with cookies of its own, or the sockets.
    #[serde(rename = "as")]
    pub who: Option<Names>,

    // Repetition, of `request`, `steps` and `use`.
    /// Once for each row: an object's entries become values, anything else is `${row}`.
    pub rows: Option<Rows>,
    /// So many times, with `${n}` from 1.
    pub times: Option<u32>,
    /// All turns start at the same moment; of `request` alone.
    #[serde(default)]
    pub at_once: bool,
    /// How many turns must end with each status; then `expect.status` is not looked at, and the
    /// rest of `expect` is only for the turns with 2xx.
    pub counts: Option<BTreeMap<String, Count>>,
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

    // Of `connect`, `receive`, `closed` and `crowd`.
    /// How long at most; without it five seconds.
    pub within: Option<Span>,

    // Of `request`, `form` and `connect` (which is refused then).
    pub expect: Option<Expect>,
    /// Values to keep for later steps. With repetition: the list of all turns' values.
    #[serde(default)]
    pub capture: BTreeMap<String, Source>,
}

/// What an answer must be. Whatever is not named may be anything, but for the status: 2xx.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub status: Option<Statuses>,
    /// A matcher for each header; its values joined by `, `.
    #[serde(default)]
    pub headers: BTreeMap<String, Value>,
    /// A matcher for the body as JSON, which must be declared as `application/json`.
    pub json: Option<Value>,
    /// A matcher for the body as text.
    pub text: Option<Value>,
    /// No body at all.
    #[serde(default)]
    pub empty: bool,
    /// A problem (RFC 9457) with the status of the answer; a list names fields that `errors` must have.
    pub problem: Option<Problem>,
    /// What the HTML must hold.
    #[serde(default)]
    pub html: Vec<Html>,
    /// A whole page: HTML, the policy header without `unsafe-inline` and `unsafe-eval`, no inline
    /// script; each script, style and image it names answers 200 with its type.
    #[serde(default)]
    pub page: bool,
    /// `METHOD /path/{name}`: the OpenAPI description that came describes each; names in braces
    /// may be others.
    #[serde(default)]
    pub describes: Vec<String>,
    /// A matcher for the attributes of each cookie that is set, as `Set-Cookie` states it.
    #[serde(default)]
    pub cookies: BTreeMap<String, Value>,
    /// The connection may also end without an answer.
    #[serde(default)]
    pub or_closed: bool,
    /// Another answer that will do as well, when the rule leaves a choice.
    pub or: Option<Box<Self>>,
}

impl Contract {
    /// The milestone with this id.
    #[must_use]
    pub fn milestone(&self, id: &str) -> Option<&Milestone> {
        self.milestones.iter().find(|one| one.id == id)
    }
}

impl Step {
    /// Whether the step is taken more than once, or as often as there are rows.
    #[must_use]
    pub fn is_repeated(&self) -> bool {
        self.rows.is_some() || self.times.is_some()
    }

    /// Whether the step needs a server that the run started itself.
    #[must_use]
    pub fn restarts(&self) -> bool {
        self.restart.is_some()
            || self.log.is_some()
            || self.memory.is_some()
            || self.steps.iter().flatten().any(Self::restarts)
    }
}
