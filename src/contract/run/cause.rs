//! Why a check is not run, or does not count: something that it needs failed before.

use super::step_error::{FailureKind, StepError};
use crate::contract::format::{Action, Check, Contract, Group, GroupSteps, Step};
use crate::contract::value::{Difference, DifferenceKind};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How many checks in a row wait in vain for something before it is not waited for again.
const MAX_SILENCES: u32 = 3;

/// What the server sends unasked, for which checks wait.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Awaited {
    /// A message whose value `type` is this text.
    Message(String),
    /// Any request to a subscriber.
    Request,
}

impl fmt::Display for Awaited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(kind) => write!(f, "messages of type `{kind}` did not come"),
            Self::Request => write!(f, "no request came to a subscriber"),
        }
    }
}

/// What failed in a run so far.
#[derive(Debug, Default)]
pub(super) struct Causes {
    failed: Vec<Cause>,
    /// How many checks in a row waited in vain for something, and the first of them.
    silences: BTreeMap<Awaited, (u32, String)>,
}

/// A step that failed.
#[derive(Debug)]
struct Cause {
    /// `MILESTONE/CHECK`.
    check: String,
    /// The step in a few words, before its variables were filled in.
    action: String,
    differences: Vec<Difference>,
    /// The fragment whose step it is, where the check began with it.
    opening: Option<String>,
}

impl Causes {
    /// Why `check` cannot begin: it begins as one that failed, or waits for what never comes.
    pub(super) fn reason_not_to_run(&self, check: &Check, contract: &Contract) -> Option<String> {
        let openings = openings(&check.steps, contract);
        let begins = |cause: &&Cause| {
            cause.opening.as_ref().is_some_and(|opening| openings.contains(opening.as_str()))
        };
        if let Some(cause) = self.failed.iter().find(begins) {
            return Some(cause.reason());
        }
        let awaited = awaited(&check.steps, contract);
        let silent = self
            .silences
            .iter()
            .find(|(what, (count, _))| *count >= MAX_SILENCES && awaited.contains(what));
        silent.map(|(what, (count, first))| format!("{what} in {count} checks (see {first})"))
    }

    /// Why a failure says no more than an earlier one: the same request had the same response, or
    /// there is nothing at its address.
    pub(super) fn earlier_cause(&self, error: &StepError) -> Option<String> {
        let same = |cause: &&Cause| {
            error.kind == FailureKind::Failed
                && error.is_request
                && cause.action == error.action
                && (cause.differences == error.failure.differences
                    || missing(&cause.differences)
                        .is_some_and(|status| missing(&error.failure.differences) == Some(status)))
        };
        self.failed.iter().find(same).map(Cause::reason)
    }

    /// Takes note of a check that failed.
    pub(super) fn failed(&mut self, milestone: &str, check: &Check, error: &StepError) {
        let check = format!("{milestone}/{}", check.id);
        if let Some(what) = &error.silence {
            let first = || (0, check.clone());
            self.silences.entry(what.clone()).or_insert_with(first).0 += 1;
        }
        self.failed.push(Cause {
            check,
            action: error.action.clone(),
            differences: error.failure.differences.clone(),
            opening: error.opening.clone(),
        });
    }

    /// Takes note of a check that passed: what it waited for came.
    pub(super) fn passed(&mut self, check: &Check, contract: &Contract) {
        for what in awaited(&check.steps, contract) {
            self.silences.remove(&what);
        }
    }
}

impl Cause {
    fn reason(&self) -> String {
        // A request that is nothing but a value of a row has no text to show.
        if self.action.starts_with("${") {
            return format!("{} must pass first", self.check);
        }
        let action = self.action.replace("${", "{");
        format!("{action} must work first (see {})", self.check)
    }
}

/// The status of a response that says that there is nothing at an address, or not by this method.
fn missing(differences: &[Difference]) -> Option<&str> {
    let is_absent = |difference: &&Difference| {
        matches!(difference.kind, DifferenceKind::Status(404 | 405 | 501))
    };
    differences.iter().find(is_absent).map(|difference| difference.actual.as_str())
}

/// The fragments with which steps begin, and those within them.
fn openings<'c>(steps: &'c [Step], contract: &'c Contract) -> BTreeSet<&'c str> {
    let mut listed = BTreeSet::new();
    for step in steps {
        let Some(name) = step.fragment() else { break };
        listed.insert(name);
        let inner = contract.fragments.get(name).map_or(&[][..], Vec::as_slice);
        listed.extend(inner.iter().filter_map(Step::fragment));
        listed.extend(openings(inner, contract));
    }
    listed
}

/// What steps wait for.
fn awaited(steps: &[Step], contract: &Contract) -> BTreeSet<Awaited> {
    let message = |matcher: &Value| kind_of(matcher).map(|kind| Awaited::Message(kind.to_owned()));
    let mut all = BTreeSet::new();
    for step in steps {
        match &step.action {
            Action::Receive(receive) => {
                all.extend(receive.matchers.iter().filter_map(message));
            }
            Action::Crowd { crowd, .. } => all.extend(message(&crowd.news)),
            Action::Subscriber { .. } => drop(all.insert(Awaited::Request)),
            Action::Group(Group { steps: GroupSteps::Written(steps), .. }) => {
                all.extend(awaited(steps, contract));
            }
            Action::Group(Group { steps: GroupSteps::Fragment(name), .. }) => {
                let inner = contract.fragments.get(name).map_or(&[][..], Vec::as_slice);
                all.extend(awaited(inner, contract));
            }
            _ => {}
        }
    }
    all
}

/// The kind of message that a matcher waits for: the value it expects as `type`.
pub(super) fn kind_of(matcher: &Value) -> Option<&str> {
    matcher.get("type").and_then(Value::as_str)
}
