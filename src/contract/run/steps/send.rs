//! The step `request`: once, in turns, all at once, and with one bad value after the other.

use super::response::{Expectation, Judged};
use crate::contract::client::{
    Body, ExchangeError, Request, Response, exchange, send_concurrently,
};
use crate::contract::format::limits::MAX_CONCURRENT_REQUESTS;
use crate::contract::format::{Expect, Mode, Problem, Repeated, RequestStep, Status, Statuses};
use crate::contract::run::context::CheckContext;
use crate::contract::run::repetition::{self, Iteration, iterations};
use crate::contract::run::step_error::{FailureKind, StepError};
use crate::contract::value::{CountRule, Difference, DifferenceKind, Values, short, visible};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The pause before a request is sent again.
const RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// A request that was sent, with its outcome.
pub(super) struct SentRequest {
    pub label: String,
    pub request: Request,
    pub outcome: Result<Response, ExchangeError>,
}

impl CheckContext<'_> {
    pub(in crate::contract::run) fn request(
        &mut self,
        step: &RequestStep,
        set: &BTreeMap<String, Value>,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let wrong = |difference| StepError::failed(&step.line, vec![difference]);
        match &step.mode {
            Mode::Broken { good, fields } => self.broken(step, good, fields, values),
            Mode::Once => self.once(step, values),
            Mode::Until(span) => {
                let end = Instant::now() + *span;
                loop {
                    match self.once(step, values) {
                        // What could not be asked, or is not the server's fault, gets no better.
                        Err(error) if error.kind != FailureKind::Failed => return Err(error),
                        Err(error) if Instant::now() + RETRY_INTERVAL > end => return Err(error),
                        Err(_) => self.wait(RETRY_INTERVAL)?,
                        Ok(()) => return Ok(()),
                    }
                }
            }
            Mode::Repeated(repeated) => {
                let iterations = iterations(&repeated.repeat, set, values).map_err(wrong)?;
                let sent = self.send(step, repeated, &iterations)?;
                self.judge_iterations(step, repeated, &iterations, sent, values)
            }
        }
    }

    fn once(&mut self, step: &RequestStep, values: &mut Values) -> Result<(), StepError> {
        let wrong = |difference| StepError::failed(&step.line, vec![difference]);
        let request = Request::from_step(step, values, &self.jar(&step.client)).map_err(wrong)?;
        let label = line(&step.client, &request);
        let outcome = self.exchange(step, &label, &request)?;
        let sent = SentRequest { label, request, outcome };
        if let Some(captured) = self.judge(Expectation::from_step(step), &sent, values)? {
            captured.set(values);
        }
        Ok(())
    }

    /// Sends the requests of all iterations. Where they are not counted and come one after the other, the first that does
    /// not hold ends it; each of these is judged as it comes.
    fn send(
        &mut self,
        step: &RequestStep,
        repeated: &Repeated,
        iterations: &[Iteration],
    ) -> Result<Vec<(SentRequest, Option<Judged>)>, StepError> {
        if repeated.at_once && iterations.len() > MAX_CONCURRENT_REQUESTS {
            let expected = format!("at most {MAX_CONCURRENT_REQUESTS} rows at once");
            let differences = vec![Difference::new("rows", expected, iterations.len().to_string())];
            return Err(StepError::failed(&step.line, differences));
        }
        let requests =
            iterations.iter().filter_map(|iteration| self.request_of(step, iteration).ok());
        let lines: Vec<String> = requests.map(|request| line("", &request)).collect();
        // Where each has its own address, the address identifies it.
        let alike = lines.iter().collect::<BTreeSet<_>>().len() < lines.len();
        let label_of = |request: &Request, iteration: &Iteration| {
            iteration_label(&step.client, request, iteration, alike)
        };
        if repeated.at_once {
            let requests = self.requests(step, iterations)?;
            let outcomes = send_concurrently(&self.address, &requests, |_| {});
            let all = requests.into_iter().zip(iterations).zip(outcomes);
            let sent = |((request, iteration), outcome)| {
                (SentRequest { label: label_of(&request, iteration), request, outcome }, None)
            };
            return Ok(all.map(sent).collect());
        }
        let mut all = Vec::new();
        for iteration in iterations {
            if (self.stopped)() {
                return Err(StepError::stopped());
            }
            let request = self.request_of(step, iteration)?;
            let label = label_of(&request, iteration);
            let outcome = self.exchange(step, &label, &request)?;
            let sent = SentRequest { label, request, outcome };
            let judged = match repeated.counts {
                None => Some(self.judge_row(step, &sent, iteration)?),
                Some(_) => None,
            };
            all.push((sent, judged));
        }
        Ok(all)
    }

    fn request_of(&self, step: &RequestStep, iteration: &Iteration) -> Result<Request, StepError> {
        // An earlier iteration may have set a cookie.
        Request::from_step(step, &iteration.values, &self.jar(&step.client)).map_err(|wrong| {
            StepError::failed(format!("{} ({})", step.line, iteration.label), vec![wrong])
        })
    }

    pub(super) fn requests(
        &self,
        step: &RequestStep,
        iterations: &[Iteration],
    ) -> Result<Vec<Request>, StepError> {
        iterations.iter().map(|iteration| self.request_of(step, iteration)).collect()
    }

    fn judge_iterations(
        &mut self,
        step: &RequestStep,
        repeated: &Repeated,
        iterations: &[Iteration],
        sent: Vec<(SentRequest, Option<Judged>)>,
        values: &mut Values,
    ) -> Result<(), StepError> {
        if let Some(counts) = &repeated.counts {
            self.count(step, counts, &sent)?;
        }
        let mut lists: BTreeMap<String, Vec<Value>> =
            step.capture.keys().map(|name| (name.clone(), Vec::new())).collect();
        let times = sent.len();
        let mut first = None;
        let mut good = Vec::new();
        for (iteration, (sent_request, judged)) in iterations.iter().zip(sent) {
            if repeated.counts.is_some()
                && !sent_request.outcome.as_ref().is_ok_and(Response::is_success)
            {
                continue;
            }
            let judged = match judged {
                Some(judged) => judged,
                None => self.judge_row(step, &sent_request, iteration)?,
            };
            let Some(captured) = judged else { continue };
            for (name, value) in captured.values {
                lists.entry(name).or_default().push(value);
            }
            if captured.response.is_success() {
                good.push(captured.response);
                first.get_or_insert(sent_request);
            }
        }
        let differences = repetition::compare(repeated, &good.iter().collect::<Vec<_>>(), values);
        if !differences.is_empty() {
            return Err(self.together(step, times, first.as_ref(), differences));
        }
        for (name, list) in lists {
            values.set(&name, Value::Array(list));
        }
        Ok(())
    }

    /// Whether as many iterations ended with each status as the step counts.
    fn count(
        &self,
        step: &RequestStep,
        counts: &BTreeMap<String, CountRule>,
        sent: &[(SentRequest, Option<Judged>)],
    ) -> Result<(), StepError> {
        let outcomes = || sent.iter().map(|(sent, _)| &sent.outcome);
        // Our own limits say nothing about the server.
        for (sent_request, _) in sent {
            if let Err(error @ ExchangeError::OwnLimit(_)) = &sent_request.outcome {
                return Err(StepError::no_response(&sent_request.label, error));
            }
        }
        let statuses: Vec<u16> =
            outcomes().filter_map(|outcome| Some(outcome.as_ref().ok()?.status)).collect();
        // A connection that ended is allowed where the step says so; one that hangs never is.
        let is_allowed =
            |error: &ExchangeError| step.expect.or_closed && matches!(error, ExchangeError::Closed);
        let none = outcomes().filter_map(|outcome| outcome.as_ref().err());
        let none = none.filter(|error| !is_allowed(error)).count();
        let differences = repetition::count(counts, &statuses, none);
        if differences.is_empty() {
            return Ok(());
        }
        // The one whose response was least expected says most.
        let odd = |sent: &&SentRequest| match &sent.outcome {
            Ok(response) => !counts.keys().any(|key| repetition::is_status(key, response.status)),
            Err(error) => !is_allowed(error),
        };
        let all = || sent.iter().map(|(sent_request, _)| sent_request);
        let shown = all().find(odd).or_else(|| all().next());
        Err(self.together(step, sent.len(), shown, differences))
    }

    /// Judges the response of an iteration.
    fn judge_row(
        &mut self,
        step: &RequestStep,
        sent: &SentRequest,
        iteration: &Iteration,
    ) -> Result<Judged, StepError> {
        let judged = self.judge(Expectation::from_step(step), sent, &iteration.values);
        judged.map_err(|error| error.with_reason(iteration.why.as_ref()))
    }

    /// The error about all responses together, reported with the request that is `shown`.
    fn together(
        &self,
        step: &RequestStep,
        times: usize,
        shown: Option<&SentRequest>,
        differences: Vec<Difference>,
    ) -> StepError {
        let Some(shown) = shown else { return StepError::failed(&step.line, differences) };
        let label = format!("{}, {times} times", line(&step.client, &shown.request));
        let error =
            StepError::failed(label, differences).with_request(&self.address.url(), &shown.request);
        match &shown.outcome {
            Ok(response) => error.with_response(response),
            Err(_) => error,
        }
    }

    /// Sends each bad value alone in the place of the good one.
    fn broken(
        &mut self,
        step: &RequestStep,
        good: &Value,
        fields: &BTreeMap<String, Vec<Value>>,
        values: &Values,
    ) -> Result<(), StepError> {
        let wrong = |difference| StepError::failed(&step.line, vec![difference]);
        let good = values.fill(good).map_err(wrong)?;
        let request = Request::from_step(step, values, &self.jar(&step.client)).map_err(wrong)?;
        for (field, bad) in fields {
            let expect = Expect {
                status: Some(Statuses::Single(Status::Exactly(422))),
                problem: Some(Problem::Fields(vec![field.clone()])),
                ..step.expect.clone()
            };
            let expectation = Expectation { expect: &expect, ..Expectation::from_step(step) };
            for value in bad {
                if (self.stopped)() {
                    return Err(StepError::stopped());
                }
                let mut json = good.clone();
                if let Value::Object(entries) = &mut json {
                    let value = values.fill(value).map_err(wrong)?;
                    // `{$absent: true}`: without the field.
                    match value.get("$absent") {
                        Some(_) => drop(entries.remove(field)),
                        None => drop(entries.insert(field.clone(), value)),
                    }
                }
                let shown = json.get(field).map_or_else(
                    || "left out".to_owned(),
                    |value| {
                        short(&visible(&value.to_string(), false), repetition::MAX_LABEL_CHARACTERS)
                    },
                );
                let label = format!("{} ({field}: {shown})", line(&step.client, &request));
                let body = Body::Bytes(json.to_string().into_bytes());
                let request = Request { body, ..request.clone() };
                let outcome = self.exchange(step, &label, &request)?;
                self.judge(expectation, &SentRequest { label, request, outcome }, values)?;
            }
        }
        Ok(())
    }

    /// Sends a request; where the step bounds the server's memory, it is looked at meanwhile.
    fn exchange(
        &mut self,
        step: &RequestStep,
        label: &str,
        request: &Request,
    ) -> Result<Result<Response, ExchangeError>, StepError> {
        let (Some(most), Some(server)) = (step.memory, &self.server) else {
            return Ok(exchange(&self.address, request));
        };
        let before = server.memory();
        let mut highest = before;
        let address = &self.address;
        let outcome = thread::scope(|scope| {
            let (done, ended) = mpsc::channel();
            scope.spawn(move || done.send(exchange(address, request)));
            loop {
                highest = highest.max(server.memory());
                match ended.recv_timeout(Duration::from_millis(10)) {
                    Ok(outcome) => break outcome,
                    Err(mpsc::RecvTimeoutError::Timeout) => {}
                    Err(mpsc::RecvTimeoutError::Disconnected) => {
                        break Err(ExchangeError::Unsendable(
                            "the request was not sent".to_owned(),
                        ));
                    }
                }
            }
        });
        highest = highest.max(server.memory());
        // Where the system reports no memory, the step passes.
        let grown =
            highest.zip(before).map(|(after, before)| after.saturating_sub(before) / (1024 * 1024));
        if let Some(grown) = grown.filter(|grown| *grown > most) {
            let expected = format!("at most {most} MiB more");
            let differences = vec![
                Difference::new("memory", expected, format!("{grown} MiB more"))
                    .with_kind(DifferenceKind::Server),
            ];
            return Err(
                StepError::failed(label, differences).with_request(&self.address.url(), request)
            );
        }
        Ok(outcome)
    }
}

/// The request in a line, and who sends it: `PATCH /api/tasks/3 as ben`.
fn line(client: &str, request: &Request) -> String {
    let by = if client.is_empty() { String::new() } else { format!(" as {client}") };
    format!("{} {}{by}", request.method, request.path)
}

/// The request, with the values of its iteration where requests look `alike`.
fn iteration_label(client: &str, request: &Request, iteration: &Iteration, alike: bool) -> String {
    let line = line(client, request);
    let label = iteration.label.trim_matches('"');
    if !alike || line.contains(label) {
        return line;
    }
    format!("{line} ({})", iteration.label)
}
