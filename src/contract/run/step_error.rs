//! Why a check ends before its last step.

use super::cause::Awaited;
use super::outcome::Failure;
use crate::contract::client::{ExchangeError, Request, Response, curl};
use crate::contract::format::{Action, Step};
use crate::contract::value::{Difference, DifferenceKind};

/// How many differences are reported.
const MAX_DIFFERENCES: usize = 10;

/// Why a check ends before its last step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepError {
    pub kind: FailureKind,
    /// The step in a few words, before its variables were filled in.
    pub action: String,
    /// Whether it is a request.
    pub is_request: bool,
    /// The fragment whose step it is, as long as the check began with it.
    pub opening: Option<String>,
    /// What did not come in time.
    pub silence: Option<Awaited>,
    /// Boxed, for most steps hold and hand it to nobody.
    pub failure: Box<Failure>,
}

/// What kind of end it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The step does not hold.
    Failed,
    /// It does not hold, for no response came in time.
    TimedOut,
    /// It could not be taken: our own process may open no more connections.
    OwnLimit,
    /// It cannot be taken on a server that somebody else started; the failure's `why` says what is missing.
    Skipped,
    /// It cannot be taken on this machine, which lacks a program; the failure's `why` says which.
    Missing,
    /// The server did not come back from a restart.
    Lost,
    /// The run was cancelled.
    Stopped,
}

impl StepError {
    /// The step does not hold.
    #[must_use]
    pub fn failed(label: impl Into<String>, mut differences: Vec<Difference>) -> Self {
        if differences.len() > MAX_DIFFERENCES {
            let more = differences.len() - MAX_DIFFERENCES;
            differences.truncate(MAX_DIFFERENCES);
            differences.push(Difference::new("more", "no difference", format!("{more} more")));
        }
        let failure = Failure { step: label.into(), differences, ..Failure::default() };
        Self { failure: Box::new(failure), ..Self::new(FailureKind::Failed) }
    }

    fn new(kind: FailureKind) -> Self {
        Self {
            kind,
            action: String::new(),
            is_request: false,
            opening: None,
            silence: None,
            failure: Box::default(),
        }
    }

    /// The server, which is somebody else's, lacks what the check needs.
    #[must_use]
    pub fn skipped(reason: &str) -> Self {
        Self::new(FailureKind::Skipped).with_reason(Some(&reason.to_owned()))
    }

    /// This machine lacks what the check needs.
    #[must_use]
    pub fn missing(reason: &str) -> Self {
        Self::new(FailureKind::Missing).with_reason(Some(&reason.to_owned()))
    }

    /// There was no response.
    #[must_use]
    pub fn no_response(label: impl Into<String>, broken: &ExchangeError) -> Self {
        let difference = Difference::new("response", "a whole response", broken.to_string())
            .with_kind(DifferenceKind::NoResponse);
        let mut error = Self::failed(label, vec![difference]);
        error.kind = match broken {
            ExchangeError::TimedOut(_) => FailureKind::TimedOut,
            ExchangeError::OwnLimit(_) => FailureKind::OwnLimit,
            _ => FailureKind::Failed,
        };
        error
    }

    /// The run was interrupted.
    #[must_use]
    pub fn stopped() -> Self {
        Self::new(FailureKind::Stopped)
    }

    /// With the reason of the rule, unless a step within gave a nearer one.
    #[must_use]
    pub fn with_reason(mut self, why: Option<&String>) -> Self {
        if self.failure.why.is_none() {
            self.failure.why = why.cloned();
        }
        self
    }

    /// Adds the step's label, unless an inner step has added one.
    #[must_use]
    pub fn with_step(mut self, step: &Step) -> Self {
        if self.action.is_empty() {
            (self.action, self.is_request) = match &step.action {
                Action::Request(request) => (request.line.clone(), true),
                _ => (self.failure.step.clone(), false),
            };
        }
        self
    }

    /// With the request that was sent.
    #[must_use]
    pub fn with_request(mut self, url: &str, request: &Request) -> Self {
        self.failure.curl = Some(curl(url, request));
        self
    }

    /// With the response that came.
    #[must_use]
    pub fn with_response(mut self, response: &Response) -> Self {
        self.failure.response = Some(response.describe());
        self
    }
}
