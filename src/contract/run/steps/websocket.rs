//! The steps of WebSockets: who is connected, what is sent, what comes, and how it ends.

use super::describe::{event_text, message_text, span_text};
use super::response::Expectation;
use super::send::SentRequest;
use crate::contract::client::{
    CrowdError, CrowdPlan, HandshakeError, Message, ReceivedEvent, Request, Socket, encoded,
    run_crowd,
};
use crate::contract::format::{ConnectStep, Crowd, Outgoing, SocketControl};
use crate::contract::judge::judge_crowd;
use crate::contract::run::context::CheckContext;
use crate::contract::run::step_error::{FailureKind, StepError};
use crate::contract::value::{Difference, DifferenceKind, Values, bytes, plain, quoted};
use serde_json::Value;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a handshake is expected to give.
const OPEN: &str = "an open WebSocket";
/// How often is checked whether the run has to end.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

impl CheckContext<'_> {
    pub(in crate::contract::run) fn connect(
        &mut self,
        step: &ConnectStep,
        values: &mut Values,
    ) -> Result<(), StepError> {
        step.sockets.iter().try_for_each(|name| self.connect_socket(name, step, values))
    }

    /// The request that opens a WebSocket or a stream, and the label of the step. The conversation begins with it.
    pub(super) fn opening_request(
        &mut self,
        name: &str,
        verb: &str,
        headers: &[(&str, &str)],
        step: &ConnectStep,
        values: &Values,
    ) -> Result<(String, Request), StepError> {
        let wrong =
            |difference| StepError::failed(format!("{verb} {}", step.path), vec![difference]);
        let path = encoded(&values.text(&step.path).map_err(wrong)?);
        let mut request = Request { headers: Vec::new(), ..Request::get(&path) };
        for (header, value) in headers {
            request.add(header, value);
        }
        request.add_headers(&step.headers, values, &self.jar(name)).map_err(wrong)?;
        let label = format!("{name} {verb} {path}");
        self.record(self.with_instance(&label));
        Ok((label, request))
    }

    fn connect_socket(
        &mut self,
        name: &str,
        step: &ConnectStep,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let (label, mut request) = self.opening_request(name, "connects to", &[], step, values)?;
        let url = format!("{}{}", self.address.url(), request.path);
        let opened = Socket::connect(&url, &request.headers, step.within, &self.budget);
        for (name, value) in UPGRADE {
            request.add(name, value);
        }
        let failed = |expected: &str, actual: String| {
            let difference =
                Difference::new("upgrade", expected, actual).with_kind(DifferenceKind::Connection);
            StepError::failed(&label, vec![difference]).with_request(&self.address.url(), &request)
        };
        match (opened, &step.refused) {
            (Ok(socket), None) => drop(self.sockets.insert(name.to_owned(), socket)),
            (Ok(_), Some(_)) => {
                return Err(failed("to be refused", "the server upgraded".to_owned()));
            }
            (Err(HandshakeError::Answered(response)), None) => {
                let actual = format!("a response with {}", response.status);
                return Err(failed(OPEN, actual).with_response(&response));
            }
            (Err(HandshakeError::Answered(response)), Some(refused)) => {
                let (expect, capture) = (&refused.expect, &refused.capture);
                let expectation = Expectation { client: name, expect, capture };
                let sent = SentRequest { label, request, outcome: Ok(*response) };
                if let Some(captured) = self.judge(expectation, &sent, values)? {
                    captured.set(values);
                }
            }
            (Err(HandshakeError::Lost(_)), Some(refused)) if refused.expect.or_closed => {}
            (Err(error), refused) => {
                let expected = if refused.is_some() { "a response that refuses" } else { OPEN };
                let mut failure = failed(expected, error.to_string());
                failure.kind = kind(&error);
                return Err(failure);
            }
        }
        Ok(())
    }

    /// Sends a message from each socket of the step.
    pub(in crate::contract::run) fn send_message(
        &self,
        sockets: &[String],
        message: &Outgoing,
        values: &Values,
    ) -> Result<(), StepError> {
        let action = message.label();
        let wrong = |difference| StepError::failed(action, vec![difference]);
        let binary = |digits: &str| {
            let digits = values.text(digits).map_err(wrong)?;
            bytes(&digits).ok_or_else(|| {
                wrong(Difference::new("bytes", "hexadecimal digits", quoted(&digits)))
            })
        };
        let message = match message {
            Outgoing::Json(json) => Message::Text(values.fill(json).map_err(wrong)?.to_string()),
            Outgoing::Text(text) => Message::Text(plain(&values.fill(text).map_err(wrong)?)),
            Outgoing::Binary(digits) => Message::Binary(binary(digits)?),
            Outgoing::Raw(digits) => Message::Raw(binary(digits)?),
        };
        for name in sockets {
            let label = format!("{name} {}", message_text(&message));
            self.record(label.clone());
            match self.socket(name)?.send(&message) {
                Ok(()) => {}
                // A server may end the connection before it has read all; the next step decides.
                Err(error) if has_ended(error.kind()) => {}
                Err(error) => {
                    let difference = Difference::new(
                        "connection",
                        "one that takes a message",
                        error.to_string(),
                    )
                    .with_kind(DifferenceKind::Connection);
                    return Err(StepError::failed(label, vec![difference]));
                }
            }
        }
        Ok(())
    }

    /// Nothing comes to any socket for so long.
    pub(in crate::contract::run) fn expect_silence(
        &self,
        sockets: &[String],
        span: Duration,
    ) -> Result<(), StepError> {
        let until = Instant::now() + span;
        for name in sockets {
            let left = until.saturating_duration_since(Instant::now());
            let event = self.next(name, left)?;
            if event != ReceivedEvent::TimedOut {
                let label = format!("{name} should hear nothing for {}", span_text(span));
                let difference = Difference::new("message", "nothing", event_text(&event, span));
                return Err(StepError::failed(label, vec![difference]));
            }
        }
        Ok(())
    }

    /// The server closes each socket; what comes before that is let pass.
    pub(in crate::contract::run) fn expect_close(
        &self,
        sockets: &[String],
        codes: &[u16],
        within: Duration,
    ) -> Result<(), StepError> {
        let until = Instant::now() + within;
        for name in sockets {
            let end = loop {
                let left = until.saturating_duration_since(Instant::now());
                match self.next(name, left)? {
                    ReceivedEvent::Text(_) | ReceivedEvent::Binary(_) if !left.is_zero() => {}
                    end => break end,
                }
            };
            let good = match &end {
                ReceivedEvent::Closed { code, .. } => {
                    codes.is_empty() || code.is_some_and(|code| codes.contains(&code))
                }
                _ => false,
            };
            if !good {
                let all: Vec<String> = codes.iter().map(u16::to_string).collect();
                let with = if all.is_empty() {
                    String::new()
                } else {
                    format!(" with {}", all.join(" or "))
                };
                let expected = format!("the server closes it{with}");
                let label = format!("{name} waits for the server to close");
                let difference = Difference::new("connection", expected, event_text(&end, within))
                    .with_kind(DifferenceKind::Connection);
                return Err(StepError::failed(label, vec![difference]));
            }
        }
        Ok(())
    }

    pub(in crate::contract::run) fn control_socket(
        &self,
        sockets: &[String],
        control: SocketControl,
    ) -> Result<(), StepError> {
        for name in sockets {
            let socket = self.socket(name)?;
            let does = match control {
                SocketControl::Close => "says good-bye",
                SocketControl::Cut => "ends the connection without a word",
                SocketControl::Pause => "reads nothing from now on",
                SocketControl::Read => "reads again",
                SocketControl::Mute => "answers no ping from now on",
            };
            self.record(format!("{name} {does}"));
            match control {
                SocketControl::Close => socket.close(),
                SocketControl::Cut => socket.disconnect(),
                SocketControl::Pause => socket.pause(),
                SocketControl::Read => socket.read(),
                SocketControl::Mute => socket.ignore_pings(),
            }
        }
        Ok(())
    }

    pub(in crate::contract::run) fn crowd(
        &self,
        crowd: &Crowd,
        within: Duration,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let label = format!("crowd of {} at {}", crowd.clients, crowd.connect);
        let failed = |differences| StepError::failed(&label, differences);
        let news = values.matcher(&crowd.news).map_err(|wrong| failed(vec![wrong]))?;
        let values_for = |client: u32, n: Option<u32>| {
            let mut own = values.clone();
            own.set("client", Value::from(client));
            if let Some(n) = n {
                own.set("n", Value::from(n));
            }
            own
        };
        // What cannot be filled in for one can be for none.
        values_for(1, Some(1)).fill(&crowd.send).map_err(|wrong| failed(vec![wrong]))?;
        values_for(1, None).text(&crowd.connect).map_err(|wrong| failed(vec![wrong]))?;
        let urls = [self.address.url(), self.other.as_ref().unwrap_or(&self.address).url()];
        let plan = CrowdPlan {
            clients: crowd.clients,
            messages: crowd.messages,
            staggered: crowd.late,
            connect: &|client| {
                let path = values_for(client, None).text(&crowd.connect).unwrap_or_default();
                let url = if client.is_multiple_of(2) { &urls[1] } else { &urls[0] };
                (format!("{url}{}", encoded(&path)), Vec::new())
            },
            text: &|client, n| {
                values_for(client, Some(n))
                    .fill(&crowd.send)
                    .map_or_else(|_| String::new(), |json| json.to_string())
            },
            filter: Arc::new(move |value| news.holds(Some(value))),
            by: &crowd.by,
            distinct: &crowd.distinct,
            ascending: &crowd.ascending,
            within,
            stop: self.stopped,
        };
        let report = run_crowd(&plan).map_err(|error| {
            let mut halt = failed(vec![Difference::new(
                "crowd",
                "all are let in and talk",
                error.to_string(),
            )]);
            if let CrowdError::Refused { refusal, .. } = &error {
                halt.kind = kind(refusal);
            }
            halt
        })?;
        if report.stopped {
            return Err(StepError::stopped());
        }
        let differences = judge_crowd(&report);
        if !differences.is_empty() {
            return Err(failed(differences));
        }
        if let Some(name) = &crowd.capture {
            values.set(name, Value::Array(report.order()));
        }
        Ok(())
    }

    /// Adds a line to the conversation.
    pub(super) fn record(&self, line: String) {
        self.transcript.borrow_mut().push(line);
    }

    pub(super) fn socket(&self, name: &str) -> Result<&Socket, StepError> {
        self.sockets.get(name).ok_or_else(|| {
            let difference =
                Difference::new("connection", format!("{name} is connected"), "it is not")
                    .with_kind(DifferenceKind::Connection);
            StepError::failed(name, vec![difference])
        })
    }

    /// What comes next to a socket; a run that is to end does not wait for it.
    fn next(&self, name: &str, within: Duration) -> Result<ReceivedEvent, StepError> {
        self.next_like(name, within, &|_| true)
    }

    /// The first that fits of all that wait for a socket or come to it.
    pub(super) fn next_like(
        &self,
        name: &str,
        within: Duration,
        fits: &dyn Fn(&ReceivedEvent) -> bool,
    ) -> Result<ReceivedEvent, StepError> {
        let socket = self.socket(name)?;
        let until = Instant::now() + within;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match socket.next_like(left.min(POLL_INTERVAL), fits) {
                ReceivedEvent::TimedOut if !left.is_zero() => {}
                event => return Ok(event),
            }
            if (self.stopped)() {
                return Err(StepError::stopped());
            }
        }
    }
}

/// What an upgrade says, for the line to paste.
const UPGRADE: [(&str, &str); 4] = [
    ("connection", "Upgrade"),
    ("upgrade", "websocket"),
    ("sec-websocket-version", "13"),
    ("sec-websocket-key", "cm9hZG1hcCByb2FkbWFwIQ=="),
];

/// What kind of end a handshake is that failed.
fn kind(error: &HandshakeError) -> FailureKind {
    match error {
        HandshakeError::TimedOut => FailureKind::TimedOut,
        HandshakeError::OwnLimit(_) => FailureKind::OwnLimit,
        _ => FailureKind::Failed,
    }
}

fn has_ended(kind: ErrorKind) -> bool {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected};
    matches!(kind, BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected)
}
