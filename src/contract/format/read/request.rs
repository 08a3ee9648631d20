//! Makes a [`RequestStep`] of what stands in the file: its line, its body, and how often it is sent.

use super::parts::is_status;
use super::step::StepReader;
use crate::contract::format::limits::{MAX_CONCURRENT_REQUESTS, MAX_ITERATIONS};
use crate::contract::format::model::{
    Action, BodyTemplate, Expect, FormPart, Mode, RawStep, Repeat, Repeated, RequestStep, Rows,
    TimeSpan,
};
use crate::contract::value::CountRule;
use crate::suggest::nearest;
use std::collections::BTreeMap;

/// Fewer bytes are no JSON object with a text in it.
const MIN_BODY_BYTES: u64 = 11;

/// The maximum of bytes in a part of a form: it is in memory whole.
const MAX_PART_BYTES: u64 = 8 * 1024 * 1024;

/// The methods of RFC 9110, RFC 5789 (PATCH) and RFC 10008 (QUERY). Others are sent as they stand.
const METHODS: [&str; 10] =
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY"];

impl StepReader<'_> {
    pub(super) fn request(&mut self, step: &RawStep, line: &str, at: &str) -> RequestStep {
        let field = if step.stall.is_some() { "stall" } else { "request" };
        self.request_line(line, &format!("{at}/{field}"));
        let mode = if step.broken.is_empty() {
            match self.repeat(step, at) {
                None => step.within.map_or(Mode::Once, |TimeSpan(time)| Mode::Until(time)),
                Some(repeat) => {
                    if step.within.is_some() {
                        let message =
                            "a request that is repeated is not waited for; it stands in `steps`";
                        self.add(&format!("{at}/within"), message);
                    }
                    Mode::Repeated(self.repeated(step, repeat, at))
                }
            }
        } else {
            self.broken(step, at)
        };
        RequestStep {
            client: self.client(step, at),
            line: line.to_owned(),
            headers: step.headers.clone(),
            body: self.body(step, at),
            chunked: step.chunked,
            media_type: step.media_type.clone(),
            memory: step.memory,
            expect: self.expectation(step, at),
            capture: step.capture.clone(),
            mode,
        }
    }

    /// Half a request needs a body to have a half of.
    pub(super) fn stall(&mut self, step: &RawStep, line: &str, at: &str) -> Action {
        let mut request = self.request(step, line, at);
        if request.body == BodyTemplate::None {
            self.add(
                at,
                "`stall` sends half a body; one belongs here: `json`, `body`, `hex`, `size` or `multipart`",
            );
        }
        request.expect = Expect::default();
        Action::Stall(Box::new(request))
    }

    pub(super) fn request_line(&mut self, line: &str, at: &str) {
        match line.split_once(' ') {
            _ if line.starts_with("${") && !line.contains(' ') => {}
            None => self.add(at, "a request is a method and a path: `GET /api/notes`"),
            Some((method, path)) => {
                let good = method.contains("${") || method.chars().all(|c| c.is_ascii_uppercase());
                if !good || method.is_empty() {
                    self.add(
                        at,
                        format!("`{method}` is no method; methods are written in capitals"),
                    );
                }
                if good
                    && !METHODS.contains(&method)
                    && let Some(suggestion) = nearest(method, METHODS)
                {
                    self.add(
                        at,
                        format!("unknown method `{method}`; did you mean `{suggestion}`?"),
                    );
                }
                self.path(path, at);
            }
        }
    }

    pub(super) fn body(&mut self, step: &RawStep, at: &str) -> BodyTemplate {
        let bodies = [
            ("json", step.json.clone().map(BodyTemplate::Json)),
            ("body", step.body.clone().map(BodyTemplate::Text)),
            ("hex", step.hex.clone().map(BodyTemplate::Hex)),
            ("size", step.size.map(BodyTemplate::Size)),
            ("multipart", step.multipart.clone().map(BodyTemplate::Multipart)),
        ];
        for (place, part) in step.multipart.iter().flatten().enumerate() {
            self.form_part(part, &format!("{at}/multipart/{place}"));
        }
        step.hex.iter().for_each(|digits| self.hex(digits, &format!("{at}/hex")));
        if step.size.is_some_and(|size| size < MIN_BODY_BYTES) {
            self.add(
                &format!("{at}/size"),
                format!("a JSON text of a size has at least {MIN_BODY_BYTES} bytes"),
            );
        }
        let mut bodies = bodies.into_iter().filter_map(|(name, body)| Some((name, body?)));
        let Some((name, body)) = bodies.next() else { return BodyTemplate::None };
        if let Some((other, _)) = bodies.next() {
            self.add(
                &format!("{at}/{other}"),
                format!("a request has one body, and `{name}` is it already"),
            );
        }
        body
    }

    /// A part has a content, of a size that holds it.
    fn form_part(&mut self, part: &FormPart, at: &str) {
        part.hex.iter().for_each(|digits| self.hex(digits, &format!("{at}/hex")));
        if part.hex.is_none() && part.text.is_none() {
            self.add(at, "a part has a content: `hex`, `text` or both");
        }
        if part.size.is_some_and(|size| size > MAX_PART_BYTES) {
            self.add(&format!("{at}/size"), "a part has 8 MiB at most");
        }
    }

    pub(super) fn broken(&mut self, step: &RawStep, at: &str) -> Mode {
        for name in step.modifiers() {
            let alone =
                ["rows", "times", "at_once", "counts", "same", "distinct", "capture", "within"];
            if alone.contains(&name) {
                self.add(
                    &format!("{at}/{name}"),
                    format!("`broken` sends requests of its own, without `{name}`"),
                );
            }
        }
        for (name, is_set) in [
            ("status", step.expect.as_ref().is_some_and(|expect| expect.status.is_some())),
            ("problem", step.expect.as_ref().is_some_and(|expect| expect.problem.is_some())),
        ] {
            if is_set {
                self.add(
                    &format!("{at}/expect/{name}"),
                    "`broken` expects 422 and a problem that names the field",
                );
            }
        }
        let good = step.json.clone().unwrap_or_default();
        if !good.is_object() {
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
        Mode::Broken { good, fields: step.broken.clone() }
    }

    /// How a step is repeated, if it is.
    pub(super) fn repeat(&mut self, step: &RawStep, at: &str) -> Option<Repeat> {
        if step.times == Some(0) {
            self.add(&format!("{at}/times"), "a step is taken at least once");
        }
        let written = match &step.rows {
            Some(Rows::Written(rows)) => rows.len(),
            _ => 0,
        };
        for (name, number) in [("times", step.times.unwrap_or(0) as usize), ("rows", written)] {
            if number > MAX_ITERATIONS {
                self.add(
                    &format!("{at}/{name}"),
                    format!("a step is taken at most {MAX_ITERATIONS} times"),
                );
            }
        }
        let together = ["at_once", "counts", "same", "distinct"];
        for name in step.modifiers().filter(|name| together.contains(name) && !step.is_repeated()) {
            self.add(
                &format!("{at}/{name}"),
                format!("`{name}` is of a step that is repeated by `rows` or `times`"),
            );
        }
        match (&step.rows, step.times) {
            (Some(rows), None) => Some(Repeat::Rows(rows.clone())),
            (None, Some(times)) => Some(Repeat::Times(times)),
            (None, None) => None,
            (Some(rows), Some(_)) => {
                self.add(
                    &format!("{at}/times"),
                    "`rows` and `times` are two repetitions; one of them stands in `steps`",
                );
                Some(Repeat::Rows(rows.clone()))
            }
        }
    }

    pub(super) fn repeated(&mut self, step: &RawStep, repeat: Repeat, at: &str) -> Repeated {
        let many = match &repeat {
            Repeat::Times(times) => ("times", *times as usize),
            Repeat::Rows(Rows::Written(rows)) => ("rows", rows.len()),
            Repeat::Rows(Rows::Named(_)) => ("rows", 0),
        };
        if step.at_once && many.1 > MAX_CONCURRENT_REQUESTS {
            let message = format!("at most {MAX_CONCURRENT_REQUESTS} iterations begin at once");
            self.add(&format!("{at}/{}", many.0), message);
        }
        if step.at_once && step.memory.is_some() {
            self.add(
                &format!("{at}/memory"),
                "`memory` is measured for one request after the other",
            );
        }
        if let Some(counts) = &step.counts {
            self.counts(step, counts, at);
        }
        for (name, pointers) in [("same", &step.same), ("distinct", &step.distinct)] {
            for (place, pointer) in pointers.iter().enumerate() {
                self.pointer(pointer, &format!("{at}/{name}/{place}"));
            }
        }
        Repeated {
            repeat,
            at_once: step.at_once,
            counts: step.counts.clone(),
            same: step.same.clone(),
            distinct: step.distinct.clone(),
        }
    }

    pub(super) fn counts(
        &mut self,
        step: &RawStep,
        counts: &BTreeMap<String, CountRule>,
        at: &str,
    ) {
        for status in counts.keys().filter(|status| !is_status(status)) {
            self.add(
                &format!("{at}/counts/{status}"),
                format!("`{status}` is no status; write `201` or `4xx`"),
            );
        }
        let Some(expect) = &step.expect else { return };
        for (name, is_set) in [("status", expect.status.is_some()), ("or", expect.or.is_some())] {
            if is_set {
                self.add(
                    &format!("{at}/expect/{name}"),
                    format!("`counts` says which statuses are right; `{name}` has no place here"),
                );
            }
        }
    }
}
