//! The outcome of a run: milestones, checks, and why a check fails.

use crate::contract::value::{Difference, DifferenceKind};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// The verdict on a check or a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Passed,
    Failed,
    /// It could not be checked, which is never the learner's fault.
    Blocked,
    /// It needs what a server that somebody else started cannot give; it does not count.
    Skipped,
    /// The run ended before it.
    NotRun,
}

/// The outcome of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunReport {
    /// The id of the project.
    pub project: String,
    /// In the order of the contract, only those that were chosen.
    pub milestones: Vec<MilestoneOutcome>,
    /// Why the run ended before its end, as a sentence.
    pub ended: Option<String>,
    /// It ended because it was asked to (Ctrl-C).
    pub interrupted: bool,
}

/// The outcome of a milestone.
#[derive(Debug, Clone, PartialEq)]
pub struct MilestoneOutcome {
    pub id: String,
    pub title: String,
    pub stage: String,
    pub given: bool,
    /// The framework brings it with it: passed without a check.
    pub already: bool,
    pub checks: Vec<CheckOutcome>,
}

/// The outcome of a check.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckOutcome {
    pub id: String,
    pub title: String,
    pub verdict: Verdict,
    /// Why it failed, or could not be checked.
    pub failure: Option<Failure>,
    /// Why it was skipped or not run, as a sentence.
    pub reason: Option<String>,
    pub duration: Duration,
}

/// The step at which a check failed or was blocked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Failure {
    /// What was done: `POST /api/tasks`, `ada: receive`.
    pub step: String,
    /// Why the rule is so, from the contract.
    pub why: Option<String>,
    /// The request as a line to paste.
    pub curl: Option<String>,
    /// The last requests with which the check had changed something by then, with their bodies: `POST /api/tasks {"title":"Milk"}`.
    pub before: Vec<String>,
    /// What the check had added to the server's environment by then.
    pub environment: BTreeMap<String, String>,
    /// Expected and actual values; at least one difference.
    pub differences: Vec<Difference>,
    /// The whole expected response, where the differences do not say it.
    pub expected_response: Option<String>,
    /// The transcript of the WebSockets until then: `ada says {"text":"Hello"}`.
    pub transcript: Vec<String>,
    /// The response as it came, shortened: status line, headers, body.
    pub response: Option<String>,
    /// The last lines that the server printed.
    pub log: Vec<String>,
}

impl Failure {
    /// Whether the server broke down at it, so that what it printed says why.
    #[must_use]
    pub fn broke_down(&self) -> bool {
        use DifferenceKind as K;
        self.differences.iter().any(|difference| match difference.kind {
            K::Status(status) | K::StatusCount(status) => status >= 500,
            K::NoResponse | K::Server | K::Connection => true,
            K::Value => false,
        })
    }
}

impl MilestoneOutcome {
    /// Failed if a check failed, else blocked if one could not be checked, else not run if one was not;
    /// skipped if all were; else passed.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let any = |verdict| self.checks.iter().any(|check| check.verdict == verdict);
        if self.already {
            return Verdict::Passed;
        }
        for verdict in [Verdict::Failed, Verdict::Blocked, Verdict::NotRun] {
            if any(verdict) {
                return verdict;
            }
        }
        match (self.checks.is_empty(), any(Verdict::Passed)) {
            (true, _) => Verdict::NotRun,
            (false, true) => Verdict::Passed,
            (false, false) => Verdict::Skipped,
        }
    }
}

/// How many checks have which verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    pub passed: usize,
    pub failed: usize,
    pub blocked: usize,
    pub skipped: usize,
    pub not_run: usize,
}

impl Total {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> usize {
        self.passed + self.failed + self.blocked + self.skipped + self.not_run
    }
}

impl RunReport {
    /// How many checks have which verdict.
    #[must_use]
    pub fn total(&self) -> Total {
        let mut total = Total::default();
        for check in self.milestones.iter().flat_map(|milestone| &milestone.checks) {
            *match check.verdict {
                Verdict::Passed => &mut total.passed,
                Verdict::Failed => &mut total.failed,
                Verdict::Blocked => &mut total.blocked,
                Verdict::Skipped => &mut total.skipped,
                Verdict::NotRun => &mut total.not_run,
            } += 1;
        }
        total
    }

    /// Writes the lines to paste for a server at `to` in place of one at `from`, which has ended.
    pub fn move_lines(&mut self, from: &str, to: &str) {
        let checks = self.milestones.iter_mut().flat_map(|milestone| &mut milestone.checks);
        let failures = checks.filter_map(|check| check.failure.as_mut());
        for curl in failures.filter_map(|failure| failure.curl.as_mut()) {
            *curl = curl.replace(from, to);
        }
    }

    /// Whether a check was run, to whatever end.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        let mut checks = self.milestones.iter().flat_map(|milestone| &milestone.checks);
        checks.any(|check| check.verdict != Verdict::NotRun)
    }

    /// Whether a milestone has this verdict.
    #[must_use]
    pub fn any(&self, verdict: Verdict) -> bool {
        self.milestones.iter().any(|milestone| milestone.verdict() == verdict)
    }
}
