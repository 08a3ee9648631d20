//! The step `request`: once, in turns, all at once, and with one bad value after the other.

use super::capture::capture;
use super::context::CheckContext;
use super::repetition::{self, Iteration, iterations};
use super::step_error::StepError;
use crate::contract::client::{Body, ExchangeError, Request, Response, at_once, exchange};
use crate::contract::format::limits::AT_ONCE;
use crate::contract::format::{
    Expect, Mode, Problem, Repeated, RequestStep, Source, Status, Statuses,
};
use crate::contract::judge::{judge, status_holds};
use crate::contract::value::{Count, Difference, Values, short, visible};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A request with what came of it.
pub(super) struct Sent {
    pub label: String,
    pub request: Request,
    pub outcome: Result<Response, ExchangeError>,
}

/// What a response must be, and what is kept of it for whom.
#[derive(Clone, Copy)]
pub(super) struct Rule<'r> {
    pub client: &'r str,
    pub expect: &'r Expect,
    pub capture: &'r BTreeMap<String, Source>,
}

/// An answer that is as expected, and what is kept of it.
pub(super) struct Kept {
    pub answer: Response,
    pub values: Vec<(String, Value)>,
}

impl<'r> Rule<'r> {
    pub(super) fn of(step: &'r RequestStep) -> Self {
        Self { client: &step.client, expect: &step.expect, capture: &step.capture }
    }
}

/// What judging a response came to: what is kept of it, if there was one.
type Judged = Option<Kept>;

impl Kept {
    pub(super) fn set(self, values: &mut Values) {
        self.values.into_iter().for_each(|(name, value)| values.set(&name, value));
    }
}

impl CheckContext<'_> {
    pub(super) fn request(
        &mut self,
        step: &RequestStep,
        set: &BTreeMap<String, Value>,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let wrong = |difference| StepError::failed(&step.line, vec![difference]);
        match &step.mode {
            Mode::Broken { good, fields } => self.broken(step, good, fields, values),
            Mode::Once => {
                let request = Request::of(step, values, &self.jar(&step.client)).map_err(wrong)?;
                let label = format!("{} {}", request.method, request.path);
                let outcome = self.exchange(step, &label, &request)?;
                let sent = Sent { label, request, outcome };
                if let Some(kept) = self.judge(Rule::of(step), &sent, values)? {
                    kept.set(values);
                }
                Ok(())
            }
            Mode::Repeated(repeated) => {
                let iterations = iterations(&repeated.repeat, set, values).map_err(wrong)?;
                let sent = self.send(step, repeated, &iterations)?;
                self.judge_iterations(step, repeated, &iterations, sent, values)
            }
        }
    }

    /// Sends the requests of all iterations. Where they are not counted and come one after the other, the first that does
    /// not hold ends it; each of these is judged as it comes.
    fn send(
        &mut self,
        step: &RequestStep,
        repeated: &Repeated,
        turns: &[Iteration],
    ) -> Result<Vec<(Sent, Option<Judged>)>, StepError> {
        if repeated.at_once && turns.len() > AT_ONCE {
            let expected = format!("at most {AT_ONCE} rows at once");
            let found = vec![Difference::new("rows", expected, turns.len().to_string())];
            return Err(StepError::failed(&step.line, found));
        }
        if repeated.at_once {
            let requests = self.requests(step, turns)?;
            let outcomes = at_once(&self.address, &requests, |_| {});
            let all = requests.into_iter().zip(turns).zip(outcomes);
            let sent = |((request, turn), outcome)| {
                (Sent { label: told(&request, turn), request, outcome }, None)
            };
            return Ok(all.map(sent).collect());
        }
        let mut all = Vec::new();
        for turn in turns {
            if (self.stopped)() {
                return Err(StepError::stopped());
            }
            let request = self.request_of(step, turn)?;
            let label = told(&request, turn);
            let outcome = self.exchange(step, &label, &request)?;
            let sent = Sent { label, request, outcome };
            let judged = match repeated.counts {
                None => Some(self.judge(Rule::of(step), &sent, &turn.values)?),
                Some(_) => None,
            };
            all.push((sent, judged));
        }
        Ok(all)
    }

    fn request_of(&self, step: &RequestStep, turn: &Iteration) -> Result<Request, StepError> {
        // An earlier iteration may have set a cookie.
        Request::of(step, &turn.values, &self.jar(&step.client)).map_err(|wrong| {
            StepError::failed(format!("{} ({})", step.line, turn.label), vec![wrong])
        })
    }

    pub(super) fn requests(
        &self,
        step: &RequestStep,
        turns: &[Iteration],
    ) -> Result<Vec<Request>, StepError> {
        turns.iter().map(|turn| self.request_of(step, turn)).collect()
    }

    fn judge_iterations(
        &mut self,
        step: &RequestStep,
        repeated: &Repeated,
        turns: &[Iteration],
        sent: Vec<(Sent, Option<Judged>)>,
        values: &mut Values,
    ) -> Result<(), StepError> {
        if let Some(counts) = &repeated.counts {
            self.count(step, counts, &sent)?;
        }
        let mut lists: BTreeMap<String, Vec<Value>> =
            step.capture.keys().map(|name| (name.clone(), Vec::new())).collect();
        let first = sent.first().map(|(one, _)| one.request.clone());
        let mut good = Vec::new();
        for (turn, (one, judged)) in turns.iter().zip(sent) {
            if repeated.counts.is_some() && !one.outcome.as_ref().is_ok_and(Response::is_good) {
                continue;
            }
            let judged = match judged {
                Some(judged) => judged,
                None => self.judge(Rule::of(step), &one, &turn.values)?,
            };
            let Some(kept) = judged else { continue };
            for (name, value) in kept.values {
                lists.entry(name).or_default().push(value);
            }
            if kept.answer.is_good() {
                good.push(kept.answer);
            }
        }
        let found = repetition::compare(repeated, &good.iter().collect::<Vec<_>>(), values);
        if !found.is_empty() {
            let error = StepError::failed(&step.line, found);
            return Err(match first {
                Some(first) => error.of(&self.address.url(), &first),
                None => error,
            });
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
        counts: &BTreeMap<String, Count>,
        sent: &[(Sent, Option<Judged>)],
    ) -> Result<(), StepError> {
        let outcomes = || sent.iter().map(|(one, _)| &one.outcome);
        // Our own limits say nothing about the server.
        for (one, _) in sent {
            if let Err(error @ ExchangeError::OwnLimit(_)) = &one.outcome {
                return Err(StepError::broken(&one.label, error));
            }
        }
        let statuses: Vec<u16> =
            outcomes().filter_map(|one| Some(one.as_ref().ok()?.status)).collect();
        // A connection that ended is allowed where the step says so; one that hangs never is.
        let is_allowed =
            |error: &ExchangeError| step.expect.or_closed && matches!(error, ExchangeError::Closed);
        let none = outcomes().filter_map(|one| one.as_ref().err());
        let none = none.filter(|error| !is_allowed(error)).count();
        let found = repetition::count(counts, &statuses, none);
        if found.is_empty() {
            return Ok(());
        }
        let mut error = StepError::failed(&step.line, found);
        if let Some((first, _)) = sent.first() {
            error = error.of(&self.address.url(), &first.request);
        }
        // The answer that was least expected says most.
        let odd = |status: u16| !counts.keys().any(|one| *one == status.to_string());
        let answers = || outcomes().filter_map(|one| one.as_ref().ok());
        if let Some(answer) = answers().find(|one| odd(one.status)).or_else(|| answers().next()) {
            error = error.after(answer);
        }
        Err(error)
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
        let request = Request::of(step, values, &self.jar(&step.client)).map_err(wrong)?;
        for (field, bad) in fields {
            let expect = Expect {
                status: Some(Statuses::One(Status::Exactly(422))),
                problem: Some(Problem::Fields(vec![field.clone()])),
                ..step.expect.clone()
            };
            let rule = Rule { expect: &expect, ..Rule::of(step) };
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
                    |value| short(&visible(&value.to_string(), false), repetition::LABEL),
                );
                let label = format!("{} {} ({field}: {shown})", request.method, request.path);
                let body = Body::Bytes(json.to_string().into_bytes());
                let request = Request { body, ..request.clone() };
                let outcome = self.exchange(step, &label, &request)?;
                self.judge(rule, &Sent { label, request, outcome }, values)?;
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
        let (Some(most), Some(host)) = (step.memory, &self.host) else {
            return Ok(exchange(&self.address, request));
        };
        let before = host.memory();
        let mut highest = before;
        let address = &self.address;
        let outcome = thread::scope(|scope| {
            let (done, ended) = mpsc::channel();
            scope.spawn(move || done.send(exchange(address, request)));
            loop {
                highest = highest.max(host.memory());
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
        highest = highest.max(host.memory());
        // Where a system does not tell, nothing is said against the server.
        let grown =
            highest.zip(before).map(|(after, before)| after.saturating_sub(before) / (1024 * 1024));
        if let Some(grown) = grown.filter(|grown| *grown > most) {
            let expected = format!("at most {most} MiB more");
            let found = vec![Difference::new("memory", expected, format!("{grown} MiB more"))];
            return Err(StepError::failed(label, found).of(&self.address.url(), request));
        }
        Ok(outcome)
    }

    /// What a step keeps of an answer that is as expected; none where the connection was allowed to
    /// end. What is kept is known to the expectations of the same step.
    pub(super) fn judge(
        &mut self,
        rule: Rule<'_>,
        sent: &Sent,
        values: &Values,
    ) -> Result<Judged, StepError> {
        let Rule { client, expect, capture: sources } = rule;
        let url = self.address.url();
        let answer = match &sent.outcome {
            Ok(answer) => answer,
            Err(ExchangeError::Closed) if expect.or_closed => return Ok(None),
            Err(broken) => {
                return Err(StepError::broken(&sent.label, broken).of(&url, &sent.request));
            }
        };
        self.keep(client, &sent.request.path, answer);
        let mut known = values.clone();
        let mut kept = Vec::new();
        let mut missing = Vec::new();
        if status_holds(expect, answer) && !answer.cut {
            for (name, source) in sources {
                match capture(source, answer, values) {
                    Ok(value) => {
                        known.set(name, value.clone());
                        kept.push((name.clone(), value));
                    }
                    Err(wrong) => missing.push((format!("${{{name}}}"), wrong)),
                }
            }
        }
        let mut found = judge(expect, answer, &known);
        // That a value is not known says less than that it did not come.
        found.retain(|one| !missing.iter().any(|(name, _)| *name == one.place));
        found.extend(missing.into_iter().map(|(_, wrong)| wrong));
        if found.is_empty() && expect.page {
            found = self.files(client, &sent.request.path, answer)?;
        }
        if found.is_empty() {
            return Ok(Some(Kept { answer: answer.clone(), values: kept }));
        }
        found.extend(self.unsent_cookies(client));
        Err(StepError::failed(&sent.label, found).of(&url, &sent.request).after(answer))
    }

    /// The cookies that were never sent, which may be why a response is not as expected.
    fn unsent_cookies(&self, client: &str) -> Vec<Difference> {
        let jar = self.jar(client);
        let told = |name: &str| {
            let expected = "a cookie that is sent over http as well";
            let actual = "it is `Secure`, so it was not sent to this server";
            Difference::new(format!("cookie {name}"), expected, actual)
        };
        jar.secure().map(told).collect()
    }
}

/// The request, and what tells its turn from the others unless the request itself does.
fn told(request: &Request, turn: &Iteration) -> String {
    let line = format!("{} {}", request.method, request.path);
    match turn.label.trim_matches('"') {
        label if line.ends_with(label) => line,
        _ => format!("{line} ({})", turn.label),
    }
}
