//! The contract of a project, as `contract.yaml` states it: milestones, checks, steps.
//!
//! Types alone; `validate` says what a sound contract is, CONTRIBUTING.md describes the format. Each type is generic
//! over its steps: as they stand in the file (`RawStep`), or as they are run (`Step`).

pub use super::parts::{
    Conduct, Crowd, Html, Names, Problem, Rows, Signal, Source, SourceAt, Span, Status, Statuses,
};
pub use super::step::Step;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The form of contract that this program reads.
pub const SCHEMA: u32 = 1;

/// What a project promises, told so that a machine can check it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract<S = Step> {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The id of the project: `blog`.
    pub project: String,
    /// Raised when a server that kept the contract may keep it no longer.
    pub version: u32,
    /// What holds for all milestones: the data, the requests, errors, limits; Markdown.
    #[serde(default)]
    pub rules: String,
    /// Steps with a name, for checks that begin alike (`use: NAME`).
    #[serde(default = "BTreeMap::new")]
    pub fragments: BTreeMap<String, Vec<S>>,
    /// In the order in which they are checked and recommended.
    pub milestones: Vec<Milestone<S>>,
}

/// A named group of checks, tied to a stage of the roadmap.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone<S = Step> {
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
    /// How much work it is.
    pub size: Option<Size>,
    /// About how many hours it takes.
    pub hours: Option<u16>,
    /// Milestones to build first, by id; each stands before this one.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What is asked, as exactly as a person needs it to build it; Markdown.
    #[serde(default)]
    pub rules: String,
    /// A nudge, the approach, the pieces to use.
    #[serde(default)]
    pub hints: Vec<String>,
    /// None: the milestone is named, but this version of the contract does not check it.
    #[serde(default = "Vec::new")]
    pub checks: Vec<Check<S>>,
}

/// The work of a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Size {
    /// One to two hours.
    S,
    /// Three to six hours.
    M,
    /// A day or two.
    L,
}

impl Size {
    /// The letter that stands for it.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::M => "M",
            Self::L => "L",
        }
    }
}

/// One rule, decided by steps. The first step that does not hold decides.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check<S = Step> {
    /// Unique in the milestone.
    pub id: String,
    /// The rule, as a sentence that is true of a good server.
    pub title: String,
    /// Why it cannot be checked on a server that somebody else started. A check that restarts
    /// the server needs no reason of its own.
    #[serde(default)]
    pub own_server: Option<String>,
    pub steps: Vec<S>,
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

impl<S> Contract<S> {
    /// The milestone with this id.
    #[must_use]
    pub fn milestone(&self, id: &str) -> Option<&Milestone<S>> {
        self.milestones.iter().find(|one| one.id == id)
    }
}
