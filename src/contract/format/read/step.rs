//! Makes a [`Step`] of what stands in the file: one action, with what belongs to it, and every part well formed.
//! Whatever a run would not look at is refused, so that what is read is what is run.

use super::validate::unknown_name;
use crate::contract::format::limits;
use crate::contract::format::model::{
    Action, ConnectStep, Contract, Crowd, Expect, FormStep, Group, GroupSteps, Names, Outgoing,
    RawAction, RawStep, ReceiveStep, Refused, Reply, Source, Step, TimeSpan,
};
use crate::yaml::Finding;
use serde_json::Value;
use std::collections::BTreeMap;

/// What belongs to which actions alone; all else belongs to every action.
const BELONGS: [(&str, &[&str]); 24] = [
    ("headers", &["request", "stall", "form", "connect", "events"]),
    ("json", &["request", "stall"]),
    ("body", &["request", "stall"]),
    ("hex", &["request", "stall"]),
    ("size", &["request", "stall"]),
    ("multipart", &["request", "stall"]),
    ("chunked", &["request", "stall"]),
    ("type", &["request", "stall"]),
    ("memory", &["request"]),
    ("broken", &["request"]),
    ("at_once", &["request"]),
    ("counts", &["request"]),
    ("same", &["request"]),
    ("distinct", &["request"]),
    ("select", &["form"]),
    ("fill", &["form"]),
    ("among", &["receive"]),
    ("within", &["request", "connect", "events", "receive", "closed", "crowd", "log"]),
    ("expect", &["request", "form", "connect", "events"]),
    ("capture", &["request", "form", "connect", "events", "receive"]),
    ("rows", &["request", "use", "steps"]),
    ("times", &["request", "use", "steps"]),
    ("at", &["request", "stall", "form", "connect", "events", "crowd"]),
    (
        "as",
        &[
            "request",
            "stall",
            "form",
            "connect",
            "events",
            "subscriber",
            "send",
            "send_text",
            "send_binary",
            "send_raw",
            "receive",
            "silent",
            "closed",
            "socket",
            "server",
            "redis",
        ],
    ),
];

/// Reads steps.
pub(super) struct StepReader<'a> {
    contract: &'a Contract<RawStep>,
    findings: Vec<Finding>,
}

impl<'a> StepReader<'a> {
    /// The steps that stand at `at`. They are sound if nothing was added to `findings`.
    pub(super) fn read(
        contract: &'a Contract<RawStep>,
        steps: &[RawStep],
        at: &str,
        findings: &mut Vec<Finding>,
    ) -> Vec<Step> {
        let mut reader = Self { contract, findings: Vec::new() };
        let steps = reader.steps(steps, at);
        findings.append(&mut reader.findings);
        steps
    }

    pub(super) fn add(&mut self, at: &str, message: impl Into<String>) {
        self.findings.push(Finding::new(at, message));
    }

    fn steps(&mut self, steps: &[RawStep], at: &str) -> Vec<Step> {
        if steps.is_empty() {
            self.add(at, "at least one step belongs here");
        }
        let each = steps.iter().enumerate();
        each.filter_map(|(place, step)| self.step(step, &format!("{at}/{place}"))).collect()
    }

    pub(super) fn step(&mut self, step: &RawStep, at: &str) -> Option<Step> {
        let (name, action) = self.only_action(step, at)?;
        self.misplaced(step, name, at);
        for (name, span) in [("wait", step.wait), ("silent", step.silent), ("within", step.within)]
        {
            if span.is_some_and(|TimeSpan(span)| span > limits::MAX_WAIT) {
                let max = limits::MAX_WAIT.as_secs();
                self.add(&format!("{at}/{name}"), format!("a step waits at most {max} seconds"));
            }
        }
        for (name, source) in &step.capture {
            self.source(source, &format!("{at}/capture/{name}"));
        }
        let action = self.action(step, name, action, at);
        let (set, why, at) = (step.set.clone(), step.why.clone(), step.at.clone());
        Some(Step { set, why, at, action })
    }

    fn only_action<'s>(
        &mut self,
        step: &'s RawStep,
        at: &str,
    ) -> Option<(&'static str, RawAction<'s>)> {
        match step.actions().as_slice() {
            [action] => return Some(*action),
            [] => self.add(at, "a step has one action, such as `request`, `send` or `use`"),
            [(action, _), (second, _), ..] => self.add(
                at,
                format!("`{action}` and `{second}` are two actions; each is a step of its own"),
            ),
        }
        None
    }

    /// Refuses what belongs to other actions.
    fn misplaced(&mut self, step: &RawStep, action: &str, at: &str) {
        for name in step.modifiers() {
            let Some((_, to)) = BELONGS.iter().find(|(modifier, _)| *modifier == name) else {
                continue;
            };
            if !to.contains(&action) {
                let to: Vec<String> = to.iter().map(|action| format!("`{action}`")).collect();
                self.add(
                    &format!("{at}/{name}"),
                    format!("`{name}` belongs to {}, not to `{action}`", to.join(", ")),
                );
            }
        }
    }

    fn action(&mut self, step: &RawStep, name: &str, action: RawAction<'_>, at: &str) -> Action {
        let here = format!("{at}/{name}");
        let within = |otherwise| step.within.map_or(otherwise, |TimeSpan(time)| time);
        match action {
            RawAction::Request(line) => Action::Request(Box::new(self.request(step, line, at))),
            RawAction::Stall(line) => self.stall(step, line, at),
            RawAction::Form(path) => Action::Form(Box::new(self.form(step, path, at))),
            RawAction::Connect(path) => {
                Action::Connect(Box::new(self.connect(step, name, path, at)))
            }
            RawAction::Events(path) => Action::Events(Box::new(self.connect(step, name, path, at))),
            RawAction::Subscriber(replies) => self.subscriber(step, replies, at),
            RawAction::Send(json) => self.send(step, name, Outgoing::Json(json.clone()), at),
            RawAction::SendText(text) => self.send(step, name, Outgoing::Text(text.clone()), at),
            RawAction::SendBinary(digits) => {
                self.hex(digits, &here);
                self.send(step, name, Outgoing::Binary(digits.to_owned()), at)
            }
            RawAction::SendRaw(digits) => {
                self.hex(digits, &here);
                self.send(step, name, Outgoing::Raw(digits.to_owned()), at)
            }
            RawAction::Receive(matchers) => {
                self.matchers(matchers, &here);
                Action::Receive(ReceiveStep {
                    sockets: self.sockets(step, name, at),
                    matchers: matchers.to_vec(),
                    within: within(limits::SOCKET_TIMEOUT),
                    among: step.among,
                    capture: self.captured_messages(step, at),
                })
            }
            RawAction::Silent(TimeSpan(span)) => {
                Action::Silent { sockets: self.sockets(step, name, at), span }
            }
            RawAction::Closed(codes) => Action::Closed {
                sockets: self.sockets(step, name, at),
                codes: codes.to_vec(),
                within: within(limits::SOCKET_TIMEOUT),
            },
            RawAction::ControlSocket(control) => {
                Action::ControlSocket { sockets: self.sockets(step, name, at), control }
            }
            RawAction::Crowd(crowd) => {
                self.crowd(crowd, &here);
                Action::Crowd {
                    crowd: Box::new(crowd.clone()),
                    within: within(limits::CROWD_TIMEOUT),
                }
            }
            RawAction::Restart(restart) => Action::Restart(Box::new(self.restart(restart, &here))),
            RawAction::Server(order) => Action::Server { name: self.named(step, name, at), order },
            RawAction::Redis(order) => Action::Redis { name: self.named(step, name, at), order },
            RawAction::Log(matcher) => {
                self.matcher(matcher, &here);
                Action::Log { matcher: matcher.clone(), within: within(limits::LOG_TIMEOUT) }
            }
            RawAction::Database(matcher) => {
                self.matcher(matcher, &here);
                Action::Database(matcher.clone())
            }
            RawAction::NotAt(address) => Action::NotAt(address),
            RawAction::Wait(TimeSpan(span)) => Action::Wait(span),
            RawAction::Use(fragment) => {
                let known = self.contract.fragments.keys().map(String::as_str);
                if !self.contract.fragments.contains_key(fragment) {
                    self.add(&here, unknown_name("fragment", fragment, known));
                }
                let steps = GroupSteps::Fragment(fragment.to_owned());
                Action::Group(Group { steps, repeat: self.repeat(step, at) })
            }
            RawAction::Steps(steps) => {
                let steps = GroupSteps::Written(self.steps(steps, &here));
                Action::Group(Group { steps, repeat: self.repeat(step, at) })
            }
        }
    }

    fn subscriber(&mut self, step: &RawStep, replies: &[Reply], at: &str) -> Action {
        for (place, reply) in replies.iter().enumerate() {
            if matches!(reply, Reply::Late(span) if *span > limits::MAX_WAIT) {
                let max = limits::MAX_WAIT.as_secs();
                let message = format!("a subscriber answers after {max} seconds at most");
                self.add(&format!("{at}/subscriber/{place}"), message);
            }
        }
        Action::Subscriber {
            sockets: self.sockets(step, "subscriber", at),
            replies: replies.to_vec(),
        }
    }

    fn send(&mut self, step: &RawStep, name: &str, message: Outgoing, at: &str) -> Action {
        Action::Send { sockets: self.sockets(step, name, at), message }
    }

    /// The names of the sockets that a step is about.
    fn sockets(&mut self, step: &RawStep, action: &str, at: &str) -> Vec<String> {
        let sockets = step.who.as_ref().map(Names::all).unwrap_or_default();
        if sockets.is_empty() {
            self.add(at, format!("`{action}` says whose socket: `as: ada`"));
        }
        sockets.to_vec()
    }

    /// The name of the client that sends a request.
    pub(super) fn client(&mut self, step: &RawStep, at: &str) -> String {
        match step.who.as_ref().map(Names::all) {
            None => String::new(),
            Some([name]) => name.clone(),
            Some(_) => {
                self.add(&format!("{at}/as"), "a request is sent by one client: `as: ada`");
                String::new()
            }
        }
    }

    /// The name of what a step starts or ends.
    fn named(&mut self, step: &RawStep, action: &str, at: &str) -> String {
        if let Some([name]) = step.who.as_ref().map(Names::all) {
            return name.clone();
        }
        self.add(at, format!("`{action}` has one name: `as: second`"));
        String::new()
    }

    /// Opens a WebSocket, or a stream of events.
    fn connect(&mut self, step: &RawStep, action: &str, path: &str, at: &str) -> ConnectStep {
        self.path(path, &format!("{at}/{action}"));
        let sockets = self.sockets(step, action, at);
        if step.expect.is_none() && !step.capture.is_empty() {
            self.add(
                &format!("{at}/capture"),
                "a socket that opens has no response to keep values of; `expect` says that it is refused",
            );
        }
        if sockets.len() > 1 && !step.capture.is_empty() {
            self.add(&format!("{at}/capture"), "values are kept of one response; name one socket");
        }
        let refused = step.expect.as_ref().map(|expect| {
            self.expect(expect, &format!("{at}/expect"));
            Refused { expect: expect.clone(), capture: step.capture.clone() }
        });
        let within = step.within.map_or(limits::SOCKET_TIMEOUT, |TimeSpan(time)| time);
        let (path, headers) = (path.to_owned(), step.headers.clone());
        ConnectStep { sockets, path, headers, within, refused }
    }

    /// The values that `receive` keeps: JSON Pointers into the list of the messages of one socket.
    fn captured_messages(&mut self, step: &RawStep, at: &str) -> BTreeMap<String, String> {
        if step.who.as_ref().is_some_and(|names| names.all().len() > 1) && !step.capture.is_empty()
        {
            self.add(&format!("{at}/capture"), "values are kept of one socket; name one");
        }
        let mut captured = BTreeMap::new();
        for (name, source) in &step.capture {
            let Source::Json(pointer) = source else {
                let message = "of messages a JSON Pointer into their list: `/0/id`";
                self.add(&format!("{at}/capture/{name}"), message);
                continue;
            };
            captured.insert(name.clone(), pointer.clone());
        }
        captured
    }

    fn form(&mut self, step: &RawStep, path: &str, at: &str) -> FormStep {
        self.path(path, &format!("{at}/form"));
        if let Some(selector) = &step.select {
            self.selector(selector, &format!("{at}/select"));
        }
        FormStep {
            client: self.client(step, at),
            path: path.to_owned(),
            select: step.select.clone(),
            fill: step.fill.clone(),
            headers: step.headers.clone(),
            expect: self.expectation(step, at),
            capture: step.capture.clone(),
        }
    }

    pub(super) fn expectation(&mut self, step: &RawStep, at: &str) -> Expect {
        step.expect.iter().for_each(|expect| self.expect(expect, &format!("{at}/expect")));
        step.expect.clone().unwrap_or_default()
    }

    fn matchers(&mut self, matchers: &[Value], at: &str) {
        if matchers.is_empty() {
            self.add(at, "at least one message belongs here; `silent` says that none comes");
        }
        for (place, matcher) in matchers.iter().enumerate() {
            self.matcher(matcher, &format!("{at}/{place}"));
        }
    }

    fn crowd(&mut self, crowd: &Crowd, at: &str) {
        self.path(&crowd.connect, &format!("{at}/connect"));
        self.matcher(&crowd.news, &format!("{at}/news"));
        self.plain_pointer(&crowd.by, &format!("{at}/by"));
        for (key, pointers) in [("distinct", &crowd.distinct), ("ascending", &crowd.ascending)] {
            for (place, pointer) in pointers.iter().enumerate() {
                self.plain_pointer(pointer, &format!("{at}/{key}/{place}"));
            }
        }
        if crowd.clients > limits::MAX_CLIENTS {
            let max = limits::MAX_CLIENTS;
            self.add(&format!("{at}/clients"), format!("a crowd has at most {max} clients"));
        }
        if u64::from(crowd.clients) * u64::from(crowd.messages) > limits::MAX_MESSAGES {
            let max = limits::MAX_MESSAGES;
            self.add(
                &format!("{at}/messages"),
                format!("the clients of a crowd send at most {max} messages together"),
            );
        }
        for (name, number) in [("clients", crowd.clients), ("messages", crowd.messages)] {
            if number == 0 {
                self.add(&format!("{at}/{name}"), "at least one belongs here");
            }
        }
    }
}
