//! The step `restart`: the server ends and starts again on the same data, with requests under way.

use super::response::Expectation;
use super::send::SentRequest;
use crate::contract::client::{
    Address, CHECK_LIMITS, Connection, ExchangeError, Request, Response, exchange,
    send_concurrently,
};
use crate::contract::format::{
    End, KillDuringRequests, RequestStep, Restart, Signal, TerminateDuringRequest,
};
use crate::contract::run::context::CheckContext;
use crate::contract::run::repetition::iterations;
use crate::contract::run::step_error::StepError;
use crate::contract::server::{Ended, RestartError};
use crate::contract::value::{Difference, DifferenceKind, Values};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

/// SIGTERM's number, and what a shell makes of it.
const TERM: i32 = 15;
const TERM_CODE: i32 = 128 + TERM;
/// How long after SIGTERM a new connection is tried.
const NEW_CONNECTION_DELAY: Duration = Duration::from_millis(900);
/// How long after that the request under way is finished.
const FINISH_DELAY: Duration = Duration::from_millis(100);
/// How long a server may take to answer a quarter of many requests before it is killed amid them. One whose code is
/// compiled while it runs, such as a Java virtual machine, needs seconds for its first writes after a start.
const KILL_TIMEOUT: Duration = Duration::from_secs(10);

impl CheckContext<'_> {
    pub(in crate::contract::run) fn restart(
        &mut self,
        restart: &Restart,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let mut environment = BTreeMap::new();
        for (name, value) in &restart.environment {
            let value =
                values.text(value).map_err(|wrong| StepError::failed("restart", vec![wrong]))?;
            environment.insert(name.clone(), value);
        }
        self.changed |= !environment.is_empty();
        self.environment.clone_from(&environment);
        let result = match &restart.end {
            End::Term { during: Some(during) } => self
                .terminate_during_request(during, &environment, values)
                .map_err(|error| error.with_reason(during.why.as_ref())),
            End::Kill { amid: Some(amid) } => self
                .kill_during_requests(amid, &environment, values)
                .map_err(|error| error.with_reason(amid.why.as_ref())),
            End::Term { during: None } => self
                .restart_server(Signal::Term, &environment, &mut || {})
                .and_then(|ended| judge_end(&ended)),
            End::Kill { amid: None } => {
                self.restart_server(Signal::Kill, &environment, &mut || {}).map(drop)
            }
        };
        values.set("url", Value::from(self.address.url()));
        result
    }

    /// Half of a request is sent, and the connection is left like that.
    pub(in crate::contract::run) fn stall(
        &mut self,
        request: &RequestStep,
        values: &Values,
    ) -> Result<(), StepError> {
        let wrong = |difference| StepError::failed(&request.line, vec![difference]);
        let half =
            Request::from_step(request, values, &self.jar(&request.client)).map_err(wrong)?;
        let label = format!("{} {} (half of it)", half.method, half.path);
        let failed = |error: &ExchangeError| StepError::no_response(&label, error);
        let mut connection =
            Connection::open(&self.address, CHECK_LIMITS).map_err(|error| failed(&error))?;
        connection.send_first_half(&half).map_err(|error| failed(&error))?;
        // The server has to see that a request is under way.
        thread::sleep(Duration::from_millis(100));
        self.stalled.push(connection);
        Ok(())
    }

    fn restart_server(
        &mut self,
        by: Signal,
        environment: &BTreeMap<String, String>,
        meanwhile: &mut dyn FnMut(),
    ) -> Result<Ended, StepError> {
        let Some(server) = &mut self.server else {
            return Err(Self::restart_failed("the server was started by somebody else"));
        };
        let ended = server.restart(by, environment, meanwhile);
        let ended = ended.map_err(|RestartError(why)| Self::restart_failed(&why))?;
        // The port may be another one now.
        if let Ok(address) = Address::read(&server.url()) {
            self.address = address;
        }
        Ok(ended)
    }

    /// Half of a request is sent, then comes the signal, and a second later the other half. Just
    /// before that somebody new asks, and gets no response.
    fn terminate_during_request(
        &mut self,
        during: &TerminateDuringRequest,
        environment: &BTreeMap<String, String>,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let inner = &during.request;
        let wrong = |difference| StepError::failed(&inner.line, vec![difference]);
        let request = Request::from_step(inner, values, &self.jar(&inner.client)).map_err(wrong)?;
        let label = format!("{} {} (half sent before the signal)", request.method, request.path);
        let broken = |broken: &ExchangeError| StepError::no_response(&label, broken);
        let mut connection =
            Connection::open(&self.address, CHECK_LIMITS).map_err(|error| broken(&error))?;
        connection.send_first_half(&request).map_err(|error| broken(&error))?;
        // The server has to see that a request is under way.
        thread::sleep(Duration::from_millis(100));
        let mut connection = Some(connection);
        let mut outcome = Err(ExchangeError::Closed);
        let mut late = None;
        let address = self.address.clone();
        let ended = self.restart_server(Signal::Term, environment, &mut || {
            thread::sleep(NEW_CONNECTION_DELAY);
            let asked = Request::get("/healthz");
            thread::scope(|scope| {
                let asking = scope.spawn(|| exchange(&address, &asked));
                thread::sleep(FINISH_DELAY);
                if let Some(connection) = connection.take() {
                    outcome = connection.send_second_half(&request);
                }
                late = asking.join().ok();
            });
        })?;
        let sent = SentRequest { label, request, outcome };
        if let Some(captured) = self.judge(Expectation::from_step(inner), &sent, values)? {
            captured.set(values);
        }
        if let Some(Ok(response)) = late {
            return Err(StepError::failed(
                format!(
                    "GET /healthz (a new connection {} ms after SIGTERM)",
                    NEW_CONNECTION_DELAY.as_millis()
                ),
                vec![
                    Difference::new(
                        "connection",
                        "refused, or closed without a response",
                        format!("a response with {}", response.status),
                    )
                    .with_kind(DifferenceKind::Connection),
                ],
            ));
        }
        judge_end(&ended)
    }

    /// Many requests at once, in the middle of which the server is killed.
    fn kill_during_requests(
        &mut self,
        amid: &KillDuringRequests,
        environment: &BTreeMap<String, String>,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let inner = &amid.request;
        let wrong = |difference| StepError::failed(&inner.line, vec![difference]);
        let iterations = iterations(&amid.repeat, &amid.set, values).map_err(wrong)?;
        let requests = self.requests(inner, &iterations)?;
        let quarter = requests.len() / 4;
        let address = self.address.clone();
        let mut restart_server = None;
        let outcomes = send_concurrently(&address, &requests, |ended| {
            let until = Instant::now() + KILL_TIMEOUT;
            while ended.load(Ordering::SeqCst) < quarter && Instant::now() < until {
                thread::sleep(Duration::from_micros(200));
            }
            restart_server = Some(self.restart_server(Signal::Kill, environment, &mut || {}));
        });
        restart_server.unwrap_or_else(|| Err(Self::restart_failed("it was not restarted")))?;
        let mut lists: BTreeMap<String, Vec<Value>> =
            inner.capture.keys().map(|name| (name.clone(), Vec::new())).collect();
        // Whatever was not answered with 2xx was never promised.
        for ((iteration, request), outcome) in iterations.iter().zip(requests).zip(outcomes) {
            if !outcome.as_ref().is_ok_and(Response::is_success) {
                continue;
            }
            let label = format!("{} {} ({})", request.method, request.path, iteration.label);
            let sent = SentRequest { label, request, outcome };
            if let Some(captured) =
                self.judge(Expectation::from_step(inner), &sent, &iteration.values)?
            {
                for (name, value) in captured.values {
                    lists.entry(name).or_default().push(value);
                }
            }
        }
        for (name, list) in lists {
            values.set(&name, Value::Array(list));
        }
        Ok(())
    }
}

/// After SIGTERM a server ends in time, with 0, 143 or by the signal.
pub(super) fn judge_end(ended: &Ended) -> Result<(), StepError> {
    let failed = |place: &str, expected: &str, actual: String| {
        let difference = Difference::new(place, expected, actual).with_kind(DifferenceKind::Server);
        Err(StepError::failed("restart by SIGTERM", vec![difference]))
    };
    if ended.forced || ended.duration > Duration::from_millis(5_500) {
        return failed(
            "server",
            "an end within 5 seconds of SIGTERM",
            "it was still running".to_owned(),
        );
    }
    let good = matches!(ended.code, Some(0 | TERM_CODE)) || ended.signal == Some(TERM);
    let expected = "0, 143, or an end by SIGTERM";
    match (ended.code, ended.signal) {
        _ if good => Ok(()),
        (Some(code), _) => failed("exit code", expected, code.to_string()),
        (None, Some(signal)) => failed("exit code", expected, format!("an end by signal {signal}")),
        // Where the system reports nothing, the step passes.
        (None, None) => Ok(()),
    }
}
