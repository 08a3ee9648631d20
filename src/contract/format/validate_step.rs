//! What a step must be: one action, with what belongs to it, and every part of it well formed.

use super::model::{Contract, Signal, Step};
use super::validate::unknown;
use crate::contract::client::request::bytes;
use crate::contract::html::check_selector;
use crate::contract::value::matcher::{Matcher, Reading, is_pointer};
use crate::yaml::Finding;
use serde_json::Value;

/// So many turns may begin at once.
const AT_ONCE: u32 = 200;
/// Fewer bytes are no JSON object with a text in it.
const SMALLEST: u64 = 11;
/// What belongs to which actions alone; all else belongs to every action.
const BELONGS: [(&str, &[&str]); 21] = [
    ("headers", &["request", "form", "connect"]),
    ("json", &["request"]),
    ("body", &["request"]),
    ("hex", &["request"]),
    ("size", &["request"]),
    ("chunked", &["request"]),
    ("type", &["request"]),
    ("memory", &["request"]),
    ("broken", &["request"]),
    ("at_once", &["request"]),
    ("counts", &["request"]),
    ("same", &["request"]),
    ("distinct", &["request"]),
    ("select", &["form"]),
    ("fill", &["form"]),
    ("within", &["connect", "receive", "closed", "crowd", "log"]),
    ("expect", &["request", "form", "connect"]),
    ("capture", &["request", "form", "connect"]),
    ("rows", &["request", "use", "steps"]),
    ("times", &["request", "use", "steps"]),
    (
        "as",
        &[
            "request",
            "form",
            "connect",
            "send",
            "send_text",
            "send_binary",
            "send_raw",
            "receive",
            "silent",
            "closed",
            "socket",
        ],
    ),
];

/// Looks at steps.
pub(in crate::contract) struct Steps<'a> {
    contract: &'a Contract,
    findings: Vec<Finding>,
}

impl<'a> Steps<'a> {
    /// What is wrong with `steps`, which stand at `at`.
    pub(in crate::contract) fn findings(
        contract: &'a Contract,
        steps: &[Step],
        at: &str,
    ) -> Vec<Finding> {
        let mut looking = Self { contract, findings: Vec::new() };
        looking.steps(steps, at);
        looking.findings
    }

    pub(in crate::contract) fn add(&mut self, at: &str, message: impl Into<String>) {
        self.findings.push(Finding::new(at, message));
    }

    fn steps(&mut self, steps: &[Step], at: &str) {
        if steps.is_empty() {
            self.add(at, "at least one step belongs here");
        }
        for (place, step) in steps.iter().enumerate() {
            self.step(step, &format!("{at}/{place}"));
        }
    }

    fn step(&mut self, step: &Step, at: &str) {
        let actions: Vec<&str> =
            actions(step).into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect();
        let action = match actions.as_slice() {
            [one] => *one,
            [] => return self.add(at, "a step has one action, such as `request`, `send` or `use`"),
            [one, other, ..] => {
                return self.add(
                    at,
                    format!("`{one}` and `{other}` are two actions; each is a step of its own"),
                );
            }
        };
        for (name, is) in modifiers(step) {
            let belongs =
                BELONGS.iter().find(|(one, _)| *one == name).map_or(&[][..], |(_, to)| *to);
            if is && !belongs.is_empty() && !belongs.contains(&action) {
                let to: Vec<String> = belongs.iter().map(|one| format!("`{one}`")).collect();
                self.add(
                    &format!("{at}/{name}"),
                    format!("`{name}` belongs to {}, not to `{action}`", to.join(", ")),
                );
            }
        }
        self.repetition(step, at);
        self.action(step, action, at);
        if let Some(expect) = &step.expect {
            self.expect(expect, &format!("{at}/expect"));
        }
        for (name, source) in &step.capture {
            self.source(source, &format!("{at}/capture/{name}"));
        }
    }

    fn action(&mut self, step: &Step, action: &str, at: &str) {
        let here = format!("{at}/{action}");
        match action {
            "request" => self.request(step, at),
            "form" => {
                self.path(step.form.as_deref().unwrap_or_default(), &here);
                if let Some(selector) = &step.select {
                    self.selector(selector, &format!("{at}/select"));
                }
            }
            "connect" => self.path(step.connect.as_deref().unwrap_or_default(), &here),
            "use" => {
                let name = step.fragment.as_deref().unwrap_or_default();
                let known = self.contract.fragments.keys().map(String::as_str);
                if !self.contract.fragments.contains_key(name) {
                    self.add(&here, unknown("fragment", name, known));
                }
            }
            "steps" => self.steps(step.steps.as_deref().unwrap_or_default(), &here),
            "send_binary" | "send_raw" => {
                self.hex(step.send_binary.as_ref().or(step.send_raw.as_ref()), &here);
            }
            "receive" => {
                let wanted = step.receive.as_deref().unwrap_or_default();
                if wanted.is_empty() {
                    self.add(
                        &here,
                        "at least one message belongs here; `silent` says that none comes",
                    );
                }
                for (place, matcher) in wanted.iter().enumerate() {
                    self.matcher(matcher, &format!("{here}/{place}"));
                }
            }
            "log" => self.matcher(step.log.as_ref().unwrap_or(&Value::Null), &here),
            "crowd" => self.crowd(step, &here),
            "restart" => self.restart(step, &here),
            _ => {}
        }
        let socket = [
            "connect",
            "send",
            "send_text",
            "send_binary",
            "send_raw",
            "receive",
            "silent",
            "closed",
            "socket",
        ];
        let nobody = step.who.as_ref().is_none_or(|names| names.all().is_empty());
        if socket.contains(&action) && nobody {
            self.add(at, format!("`{action}` says whose socket: `as: ada`"));
        }
    }

    fn request(&mut self, step: &Step, at: &str) {
        let line = step.request.as_deref().unwrap_or_default();
        let here = format!("{at}/request");
        match line.split_once(' ') {
            _ if line.starts_with("${") && !line.contains(' ') => {}
            None => self.add(&here, "a request is a method and a path: `GET /api/notes`"),
            Some((method, path)) => {
                let good = method.contains("${") || method.chars().all(|c| c.is_ascii_uppercase());
                if !good || method.is_empty() {
                    self.add(
                        &here,
                        format!("`{method}` is no method; methods are written in capitals"),
                    );
                }
                self.path(path, &here);
            }
        }
        let bodies = [
            ("json", step.json.is_some()),
            ("body", step.body.is_some()),
            ("hex", step.hex.is_some()),
            ("size", step.size.is_some()),
        ];
        let bodies: Vec<&str> =
            bodies.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
        if let [one, other, ..] = bodies.as_slice() {
            self.add(
                &format!("{at}/{other}"),
                format!("a request has one body, and `{one}` is it already"),
            );
        }
        self.hex(step.hex.as_ref(), &format!("{at}/hex"));
        if step.size.is_some_and(|size| size < SMALLEST) {
            self.add(
                &format!("{at}/size"),
                format!("a JSON text of a size has at least {SMALLEST} bytes"),
            );
        }
        if !step.broken.is_empty() && !step.json.as_ref().is_some_and(Value::is_object) {
            self.add(
                &format!("{at}/broken"),
                "`broken` needs the good values as an object in `json`",
            );
        }
        for (field, values) in &step.broken {
            if values.is_empty() {
                self.add(&format!("{at}/broken/{field}"), "at least one bad value belongs here");
            }
        }
    }

    fn repetition(&mut self, step: &Step, at: &str) {
        if step.rows.is_some() && step.times.is_some() {
            self.add(
                &format!("{at}/times"),
                "`rows` and `times` are two repetitions; one of them stands in `steps`",
            );
        }
        if step.times == Some(0) {
            self.add(&format!("{at}/times"), "a step is taken at least once");
        }
        if step.at_once && step.times.is_some_and(|times| times > AT_ONCE) {
            self.add(&format!("{at}/times"), format!("at most {AT_ONCE} turns begin at once"));
        }
        let counted = [
            ("at_once", step.at_once),
            ("counts", step.counts.is_some()),
            ("same", !step.same.is_empty()),
            ("distinct", !step.distinct.is_empty()),
        ];
        for (name, _) in counted.iter().filter(|(_, is)| *is && !step.is_repeated()) {
            self.add(
                &format!("{at}/{name}"),
                format!("`{name}` is of a step that is repeated by `rows` or `times`"),
            );
        }
        for status in step.counts.iter().flat_map(|counts| counts.keys()) {
            if !is_status(status) {
                self.add(
                    &format!("{at}/counts/{status}"),
                    format!("`{status}` is no status; write `201` or `4xx`"),
                );
            }
        }
        for (name, pointers) in [("same", &step.same), ("distinct", &step.distinct)] {
            for (place, pointer) in pointers.iter().enumerate() {
                self.pointer(pointer, &format!("{at}/{name}/{place}"));
            }
        }
    }

    fn crowd(&mut self, step: &Step, at: &str) {
        let Some(crowd) = &step.crowd else { return };
        self.path(&crowd.connect, &format!("{at}/connect"));
        self.matcher(&crowd.news, &format!("{at}/news"));
        self.pointer(&crowd.by, &format!("{at}/by"));
        for (place, pointer) in crowd.distinct.iter().enumerate() {
            self.pointer(pointer, &format!("{at}/distinct/{place}"));
        }
        for (name, number) in [("clients", crowd.clients), ("messages", crowd.messages)] {
            if number == 0 {
                self.add(&format!("{at}/{name}"), "at least one belongs here");
            }
        }
    }

    fn restart(&mut self, step: &Step, at: &str) {
        let Some(restart) = &step.restart else { return };
        if let Some(inner) = &restart.during {
            let at = format!("{at}/during");
            if restart.by != Signal::Term {
                self.add(&at, "`during` is of `by: term`; a killed server answers nothing");
            }
            if inner.request.is_none() || inner.is_repeated() {
                self.add(&at, "`during` is one request");
            }
            self.step(inner, &at);
        }
        if let Some(inner) = &restart.amid {
            let at = format!("{at}/amid");
            if restart.by != Signal::Kill {
                self.add(&at, "`amid` is of `by: kill`; SIGTERM lets requests end");
            }
            if inner.request.is_none() || !inner.at_once {
                self.add(&at, "`amid` is a request that is repeated `at_once`");
            }
            self.step(inner, &at);
        }
        if restart.during.is_some() && restart.amid.is_some() {
            self.add(&format!("{at}/amid"), "`during` and `amid` are two restarts");
        }
    }

    pub(in crate::contract) fn matcher(&mut self, matcher: &Value, at: &str) {
        if let Err(found) = Matcher::read(matcher, Reading { url: "", open: true }) {
            for Finding { pointer, message } in found {
                self.add(&format!("{at}{pointer}"), message);
            }
        }
    }

    pub(in crate::contract) fn selector(&mut self, selector: &str, at: &str) {
        if !selector.contains("${") && check_selector(selector).is_err() {
            self.add(at, format!("`{selector}` is no CSS selector"));
        }
    }

    pub(in crate::contract) fn pointer(&mut self, pointer: &str, at: &str) {
        if !is_pointer(pointer) && !pointer.starts_with("${") {
            self.add(
                at,
                format!("`{pointer}` is no JSON Pointer; it begins with a slash: `/{pointer}`"),
            );
        }
    }

    fn path(&mut self, path: &str, at: &str) {
        if !path.starts_with('/') && !path.starts_with("${") {
            self.add(at, format!("`{path}` is no path; a path begins with a slash"));
        }
    }

    fn hex(&mut self, digits: Option<&String>, at: &str) {
        if digits.is_some_and(|digits| !digits.contains("${") && bytes(digits).is_none()) {
            self.add(at, "bytes are pairs of hexadecimal digits: `ff 00`");
        }
    }
}

pub(in crate::contract) fn is_status(text: &str) -> bool {
    match text.strip_suffix("xx") {
        Some(class) => ["1", "2", "3", "4", "5"].contains(&class),
        None => text.parse::<u16>().is_ok_and(|number| (100..600).contains(&number)),
    }
}

fn actions(step: &Step) -> [(&'static str, bool); 17] {
    [
        ("request", step.request.is_some()),
        ("form", step.form.is_some()),
        ("connect", step.connect.is_some()),
        ("send", step.send.is_some()),
        ("send_text", step.send_text.is_some()),
        ("send_binary", step.send_binary.is_some()),
        ("send_raw", step.send_raw.is_some()),
        ("receive", step.receive.is_some()),
        ("silent", step.silent.is_some()),
        ("closed", step.closed.is_some()),
        ("socket", step.socket.is_some()),
        ("crowd", step.crowd.is_some()),
        ("restart", step.restart.is_some()),
        ("log", step.log.is_some()),
        ("wait", step.wait.is_some()),
        ("use", step.fragment.is_some()),
        ("steps", step.steps.is_some()),
    ]
}

fn modifiers(step: &Step) -> [(&'static str, bool); 21] {
    [
        ("headers", !step.headers.is_empty()),
        ("json", step.json.is_some()),
        ("body", step.body.is_some()),
        ("hex", step.hex.is_some()),
        ("size", step.size.is_some()),
        ("chunked", step.chunked),
        ("type", step.media_type.is_some()),
        ("memory", step.memory.is_some()),
        ("broken", !step.broken.is_empty()),
        ("at_once", step.at_once),
        ("counts", step.counts.is_some()),
        ("same", !step.same.is_empty()),
        ("distinct", !step.distinct.is_empty()),
        ("select", step.select.is_some()),
        ("fill", !step.fill.is_empty()),
        ("within", step.within.is_some()),
        ("expect", step.expect.is_some()),
        ("capture", !step.capture.is_empty()),
        ("rows", step.rows.is_some()),
        ("times", step.times.is_some()),
        ("as", step.who.is_some()),
    ]
}
