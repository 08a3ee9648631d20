//! Judges the response to a request by the step's expectations, and captures values from it.

use super::capture::capture;
use super::send::SentRequest;
use crate::contract::client::{ExchangeError, Response};
use crate::contract::format::{Expect, Problem, RequestStep, Source, Statuses};
use crate::contract::judge::{PROBLEM, judge, status_holds};
use crate::contract::run::context::CheckContext;
use crate::contract::run::step_error::StepError;
use crate::contract::value::{Difference, Values};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many of the last requests that changed something a failure names.
const LAST_CHANGES: usize = 2;
/// The start of the expectation on a body from which a value is captured.
const JSON_WITH: &str = "JSON with ";

/// What a response must be, and the values captured from it for a client.
#[derive(Clone, Copy)]
pub(super) struct Expectation<'r> {
    pub client: &'r str,
    pub expect: &'r Expect,
    pub capture: &'r BTreeMap<String, Source>,
}

/// A response that is as expected, and the values captured from it.
pub(super) struct Captured {
    pub response: Response,
    pub values: Vec<(String, Value)>,
}

/// The result of judging a response: the values captured from it, if there was one.
pub(super) type Judged = Option<Captured>;

impl<'r> Expectation<'r> {
    pub(super) fn from_step(step: &'r RequestStep) -> Self {
        Self { client: &step.client, expect: &step.expect, capture: &step.capture }
    }
}

impl Captured {
    pub(super) fn set(self, values: &mut Values) {
        self.values.into_iter().for_each(|(name, value)| values.set(&name, value));
    }
}

impl CheckContext<'_> {
    /// The response if it is as expected, with the values captured from it; none if the connection
    /// ended and was allowed to. Captured values can be used in the expectations of the same step.
    pub(super) fn judge(
        &mut self,
        expectation: Expectation<'_>,
        sent: &SentRequest,
        values: &Values,
    ) -> Result<Judged, StepError> {
        let Expectation { client, expect, capture: sources } = expectation;
        let url = self.address.url();
        let response = match &sent.outcome {
            Ok(response) => response,
            Err(ExchangeError::Closed) if expect.or_closed => return Ok(None),
            Err(broken) => {
                return Err(
                    StepError::no_response(&sent.label, broken).with_request(&url, &sent.request)
                );
            }
        };
        self.store_cookies(client, &sent.request.path, response);
        let mut known = values.clone();
        let mut captured = Vec::new();
        let mut missing = Vec::new();
        let holds = status_holds(expect, response);
        if holds && !response.truncated {
            for (name, source) in sources {
                match capture(source, response, values) {
                    Ok(value) => {
                        known.set(name, value.clone());
                        captured.push((name.clone(), value));
                    }
                    Err(wrong) => {
                        if let (None, Some(reason)) = (&self.server, source.or_skip()) {
                            return Err(StepError::skipped(reason));
                        }
                        missing.push((format!("${{{name}}}"), wrong));
                    }
                }
            }
        }
        let mut differences = judge(expect, response, &known);
        // That a value is not known says less than that it did not come.
        differences.retain(|difference| !missing.iter().any(|(name, _)| *name == difference.place));
        differences.extend(missing.into_iter().map(|(_, wrong)| wrong));
        merge_body_differences(&mut differences);
        if differences.is_empty() && expect.page {
            differences = self.files(client, &sent.request.path, response)?;
        }
        if differences.is_empty() {
            self.changes.extend(
                sent.request.describe_if_unsafe().map(|change| self.with_instance(&change)),
            );
            let old = self.changes.len().saturating_sub(LAST_CHANGES);
            self.changes.drain(..old);
            return Ok(Some(Captured { response: response.clone(), values: captured }));
        }
        differences.extend(self.unsent_cookies(client));
        let mut error = StepError::failed(&sent.label, differences)
            .with_request(&url, &sent.request)
            .with_response(response);
        if !holds {
            error.failure.expected_response = expected_response(expect, &known);
        }
        Err(error)
    }

    /// The cookies that were never sent, which may be why a response is not as expected.
    fn unsent_cookies(&self, client: &str) -> Vec<Difference> {
        let jar = self.jar(client);
        let not_sent = |name: &str| {
            let expected = "a cookie that is sent over http as well";
            let actual = "it is `Secure`, so it was not sent to this server";
            Difference::new(format!("cookie {name}"), expected, actual)
        };
        jar.secure().map(not_sent).collect()
    }
}

/// Joins the differences about a body that is not JSON into one.
fn merge_body_differences(differences: &mut Vec<Difference>) {
    let is_body = |difference: &Difference| difference.place == "body";
    let Some(first) = differences.iter().position(is_body) else { return };
    let names = differences.iter().filter(|difference| is_body(difference));
    let names: Vec<&str> =
        names.filter_map(|difference| difference.expected.strip_prefix(JSON_WITH)).collect();
    let names = names.join(", ");
    if differences[first].expected.starts_with(JSON_WITH) {
        differences[first].expected = format!("{JSON_WITH}{names}");
    }
    let mut places = 0..;
    differences.retain(|difference| places.next() == Some(first) || !is_body(difference));
}

/// The whole expected response, where its status differs already.
fn expected_response(expect: &Expect, values: &Values) -> Option<String> {
    let what = match (&expect.json, &expect.problem) {
        (Some(json), _) => values.matcher(json).ok()?.describe(),
        (None, Some(Problem::Fields(fields))) => {
            format!("{}, which names {}", PROBLEM, fields.join(", "))
        }
        (None, Some(Problem::Any(true))) => PROBLEM.to_owned(),
        _ => return None,
    };
    let status = expect.status.as_ref().map_or_else(|| "2xx".to_owned(), Statuses::describe);
    Some(format!("{status} with {what}"))
}
