//! The contract of a project, as `contract.yaml` states it: milestones and checks. Each type is generic over its steps: as they
//! stand in the file (`RawStep`), as they are run (`Step`), or as their number alone ([`ContractOutline`]).
//!
//! `build.rs` compiles this file too, so it uses nothing of the crate.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A contract without its steps: enough to print it, not to check a server.
pub type ContractOutline = Contract<()>;

/// The form of contract that this program reads.
pub const SCHEMA: u32 = 1;

/// What a project promises, in a form that a machine can check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract<S> {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The id of the project: `blog`.
    pub project: String,
    /// Raised when a server that met the contract may no longer meet it.
    pub version: u32,
    /// What holds for all milestones: the data, the requests, errors, limits; Markdown.
    #[serde(default)]
    pub rules: String,
    /// Named steps, shared by checks that start alike (`use: NAME`).
    #[serde(default = "BTreeMap::new")]
    pub fragments: BTreeMap<String, Vec<S>>,
    /// In the order in which they are checked and recommended.
    pub milestones: Vec<Milestone<S>>,
}

/// A named group of checks, tied to a stage of the roadmap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone<S> {
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
    pub size: Option<Effort>,
    /// About how many hours it takes.
    pub hours: Option<u16>,
    /// Milestones to build first, by id; each stands before this one.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The requirements, as exact as a person needs them to build it; Markdown.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effort {
    /// One to two hours.
    S,
    /// Three to six hours.
    M,
    /// A day or two.
    L,
}

impl Effort {
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check<S> {
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

impl<S> Contract<S> {
    /// The milestone with this id.
    #[must_use]
    pub fn milestone(&self, id: &str) -> Option<&Milestone<S>> {
        self.milestones.iter().find(|milestone| milestone.id == id)
    }

    /// The contract without its steps.
    #[must_use]
    pub fn outline(&self) -> ContractOutline {
        let check = |check: &Check<S>| Check {
            id: check.id.clone(),
            title: check.title.clone(),
            own_server: check.own_server.clone(),
            steps: vec![(); check.steps.len()],
        };
        let milestone = |source: &Milestone<S>| Milestone {
            id: source.id.clone(),
            title: source.title.clone(),
            stage: source.stage.clone(),
            topics: source.topics.clone(),
            given: source.given,
            about: source.about.clone(),
            size: source.size,
            hours: source.hours,
            needs: source.needs.clone(),
            rules: source.rules.clone(),
            hints: source.hints.clone(),
            checks: source.checks.iter().map(check).collect(),
        };
        Contract {
            schema: self.schema,
            project: self.project.clone(),
            version: self.version,
            rules: self.rules.clone(),
            fragments: BTreeMap::new(),
            milestones: self.milestones.iter().map(milestone).collect(),
        }
    }
}
