//! Whether every variable of a check is one that an earlier step can have set.

use super::validate::unknown_name;
use crate::contract::format::model::{Contract, Expect, RawStep, Rows, Source};
use crate::contract::value::{Part, parts};
use crate::yaml::Finding;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The names that are known at a step.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    contract: &'a Contract<RawStep>,
    names: BTreeSet<String>,
    /// Rows of a captured list may bring any names.
    open: bool,
}

impl<'a> Scope<'a> {
    /// The variables of `steps`, which stand at `at`, that nothing can have set.
    pub(super) fn findings(
        contract: &'a Contract<RawStep>,
        steps: &[RawStep],
        at: &str,
    ) -> Vec<Finding> {
        let names = BTreeSet::from(["url", "unique", "today", "now"].map(str::to_owned));
        let mut known = Self { contract, names, open: false };
        let mut findings = Vec::new();
        known.steps(steps, at, &mut findings);
        findings
    }

    fn steps(&mut self, steps: &[RawStep], at: &str, findings: &mut Vec<Finding>) {
        for (place, step) in steps.iter().enumerate() {
            self.step(step, &format!("{at}/{place}"), findings);
        }
    }

    fn step(&mut self, step: &RawStep, at: &str, findings: &mut Vec<Finding>) {
        let mut own = self.clone();
        own.rows(step, at, findings);
        for (name, value) in &step.set {
            own.value(value, &format!("{at}/set/{name}"), findings);
        }
        own.names.extend(step.set.keys().cloned());
        let inner = match (&step.fragment, &step.steps) {
            (Some(name), _) => {
                let steps = self.contract.fragments.get(name).map_or(&[][..], Vec::as_slice);
                Some((steps, format!("/fragments/{name}")))
            }
            (_, Some(steps)) => Some((steps.as_slice(), format!("{at}/steps"))),
            _ => None,
        };
        if let Some((steps, at)) = inner {
            let before = own.names.clone();
            own.steps(steps, &at, findings);
            // Values of the inner steps stay in scope afterwards; rows and what was set for them do not.
            self.names.extend(own.names.difference(&before).cloned());
            self.names.extend(set_by(steps));
            return;
        }
        own.texts(step, at, findings);
        own.names.extend(step.capture.keys().cloned());
        if let Some(expect) = &step.expect {
            own.expect(expect, &format!("{at}/expect"), findings);
        }
        for inner in
            step.restart.iter().flat_map(|restart| [&restart.during, &restart.amid]).flatten()
        {
            let key = if inner.at_once { "amid" } else { "during" };
            own.step(inner, &format!("{at}/restart/{key}"), findings);
            self.names.extend(inner.capture.keys().cloned());
        }
        self.names.extend(step.set.keys().chain(step.capture.keys()).cloned());
        self.names.extend(listeners(step));
        self.names.extend(step.crowd.iter().filter_map(|crowd| crowd.capture.clone()));
    }

    fn rows(&mut self, step: &RawStep, at: &str, findings: &mut Vec<Finding>) {
        if !step.is_repeated() {
            return;
        }
        self.names.insert("n".to_owned());
        match &step.rows {
            None => {}
            Some(Rows::Named(name)) => {
                self.text(name, &format!("{at}/rows"), findings);
                self.names.insert("row".to_owned());
                self.open = true;
            }
            Some(Rows::Written(rows)) => {
                for (place, row) in rows.iter().enumerate() {
                    self.value(row, &format!("{at}/rows/{place}"), findings);
                    match row.as_object() {
                        Some(entries) if !entries.keys().any(|key| key.starts_with('$')) => {
                            self.names.extend(entries.keys().cloned());
                        }
                        _ => drop(self.names.insert("row".to_owned())),
                    }
                }
            }
        }
    }

    /// Every text of a step in which a variable may stand, but for its expectations.
    fn texts(&self, step: &RawStep, at: &str, findings: &mut Vec<Finding>) {
        for (key, text) in [
            ("request", &step.request),
            ("form", &step.form),
            ("connect", &step.connect),
            ("events", &step.events),
            ("send_binary", &step.send_binary),
            ("send_raw", &step.send_raw),
            ("body", &step.body),
            ("hex", &step.hex),
            ("type", &step.media_type),
            ("select", &step.select),
        ] {
            if let Some(text) = text {
                self.text(text, &format!("{at}/{key}"), findings);
            }
        }
        if let Some(name) = step.at.as_ref().filter(|name| !self.names.contains(*name)) {
            let message = format!("no earlier step starts the server `{name}`");
            findings.push(Finding::new(format!("{at}/at"), message));
        }
        for (place, part) in step.multipart.iter().flatten().enumerate() {
            let others = [&part.file, &part.media_type, &part.hex, &part.text];
            let keys = ["file", "type", "hex", "text"];
            let others =
                keys.iter().zip(others).filter_map(|(key, text)| Some((*key, text.as_ref()?)));
            for (key, text) in others.chain([("name", &part.name)]) {
                self.text(text, &format!("{at}/multipart/{place}/{key}"), findings);
            }
        }
        for (key, value) in [
            ("send", &step.send),
            ("send_text", &step.send_text),
            ("log", &step.log),
            ("database", &step.database),
            ("json", &step.json),
        ] {
            if let Some(value) = value {
                self.value(value, &format!("{at}/{key}"), findings);
            }
        }
        for (key, values) in [("headers", &step.headers), ("fill", &step.fill)] {
            self.entries(values, &format!("{at}/{key}"), findings);
        }
        for (place, value) in step.receive.iter().flatten().enumerate() {
            self.value(value, &format!("{at}/receive/{place}"), findings);
        }
        for (field, values) in &step.broken {
            for (place, value) in values.iter().enumerate() {
                self.value(value, &format!("{at}/broken/{field}/{place}"), findings);
            }
        }
        for (name, source) in &step.capture {
            let at = format!("{at}/capture/{name}");
            match source {
                Source::Json(pointer) => self.text(pointer, &at, findings),
                Source::At(source) => {
                    self.entries(&source.labels, &format!("{at}/labels"), findings);
                }
            }
        }
        for (name, value) in step.restart.iter().flat_map(|restart| &restart.environment) {
            self.text(value, &format!("{at}/restart/environment/{name}"), findings);
        }
        if let Some(crowd) = &step.crowd {
            let mut own = self.clone();
            own.names.extend(["client".to_owned(), "n".to_owned()]);
            own.text(&crowd.connect, &format!("{at}/crowd/connect"), findings);
            own.value(&crowd.send, &format!("{at}/crowd/send"), findings);
            own.value(&crowd.news, &format!("{at}/crowd/news"), findings);
        }
    }

    fn expect(&self, expect: &Expect, at: &str, findings: &mut Vec<Finding>) {
        self.entries(&expect.headers, &format!("{at}/headers"), findings);
        self.entries(&expect.cookies, &format!("{at}/cookies"), findings);
        for (key, value) in [("json", &expect.json), ("xml", &expect.xml), ("text", &expect.text)] {
            if let Some(value) = value {
                self.value(value, &format!("{at}/{key}"), findings);
            }
        }
        for (place, html) in expect.html.iter().enumerate() {
            let at = format!("{at}/html/{place}");
            self.text(&html.select, &format!("{at}/select"), findings);
            if let Some(text) = &html.text {
                self.value(text, &format!("{at}/text"), findings);
            }
            for (place, text) in html.texts.iter().flatten().enumerate() {
                self.value(text, &format!("{at}/texts/{place}"), findings);
            }
            self.entries(&html.attributes, &format!("{at}/attributes"), findings);
        }
        for (place, series) in expect.metrics.iter().enumerate() {
            let at = format!("{at}/metrics/{place}");
            self.entries(&series.labels, &format!("{at}/labels"), findings);
            for (key, value) in [("sum", &series.sum), ("count", &series.count)] {
                if let Some(value) = value {
                    self.value(value, &format!("{at}/{key}"), findings);
                }
            }
        }
        if let Some(other) = &expect.or {
            self.expect(other, &format!("{at}/or"), findings);
        }
    }

    fn entries(&self, values: &BTreeMap<String, Value>, at: &str, findings: &mut Vec<Finding>) {
        for (name, value) in values {
            self.value(value, &format!("{at}/{name}"), findings);
        }
    }

    fn value(&self, value: &Value, at: &str, findings: &mut Vec<Finding>) {
        match value {
            Value::String(text) => self.text(text, at, findings),
            Value::Array(items) => {
                for (place, item) in items.iter().enumerate() {
                    self.value(item, &format!("{at}/{place}"), findings);
                }
            }
            Value::Object(entries) => {
                for (key, value) in entries {
                    let place = key.replace('~', "~0").replace('/', "~1");
                    self.text(key, at, findings);
                    self.value(value, &format!("{at}/{place}"), findings);
                }
            }
            _ => {}
        }
    }

    fn text(&self, text: &str, at: &str, findings: &mut Vec<Finding>) {
        for part in parts(text) {
            let Part::Name(name) = part else { continue };
            let given = name.strip_prefix("unique.").is_some_and(|tail| !tail.is_empty());
            if self.open || given || self.names.contains(name) {
                continue;
            }
            let message = unknown_name("value", name, self.names.iter().map(String::as_str));
            findings.push(Finding::new(at, format!("{message}; no earlier step sets it")));
        }
    }
}

/// What steps set and capture themselves.
fn set_by(steps: &[RawStep]) -> impl Iterator<Item = String> + '_ {
    steps.iter().flat_map(|step| {
        let set = step.set.keys().filter(|_| step.fragment.is_none() && step.steps.is_none());
        step.capture.keys().chain(set).cloned().chain(listeners(step))
    })
}

/// The subscribers and servers that a step names, whose URLs are values.
fn listeners(step: &RawStep) -> impl Iterator<Item = String> + '_ {
    let starts = step.subscriber.is_some() || step.server.is_some() || step.redis.is_some();
    let names = step.who.iter().filter(move |_| starts);
    names.flat_map(|names| names.all().iter().cloned())
}
