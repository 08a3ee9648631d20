//! Checks the expectations and captures of a step: matchers, selectors, pointers and statuses.

use super::parts::is_status;
use super::step::StepReader;
use crate::contract::format::model::{Expect, Problem, Source, SourceAt, Status, Statuses};
use serde_json::Value;
use std::collections::BTreeMap;

impl StepReader<'_> {
    pub(super) fn expect(&mut self, expect: &Expect, at: &str) {
        for (place, status) in expect.status.iter().flat_map(Statuses::all).enumerate() {
            let text = match status {
                Status::Exactly(number) => number.to_string(),
                Status::Class(class) => class.clone(),
            };
            if !is_status(&text) {
                let message = format!("`{text}` is no status; write `201` or `4xx`");
                self.add(&format!("{at}/status/{place}"), message);
            }
        }
        if matches!(expect.problem, Some(Problem::Any(true) | Problem::Fields(_)))
            && expect.status.is_none()
        {
            self.add(&format!("{at}/problem"), "a problem has a status; name it: `status: 422`");
        }
        for (key, matchers) in [("headers", &expect.headers), ("cookies", &expect.cookies)] {
            for (name, matcher) in matchers {
                self.matcher(matcher, &format!("{at}/{key}/{name}"));
            }
        }
        for (key, matcher) in [("json", &expect.json), ("xml", &expect.xml), ("text", &expect.text)]
        {
            if let Some(matcher) = matcher {
                self.matcher(matcher, &format!("{at}/{key}"));
            }
        }
        for (place, html) in expect.html.iter().enumerate() {
            let at = format!("{at}/html/{place}");
            self.selector(&html.select, &format!("{at}/select"));
            if let Some(matcher) = &html.text {
                self.matcher(matcher, &format!("{at}/text"));
            }
            for (place, matcher) in html.texts.iter().flatten().enumerate() {
                self.matcher(matcher, &format!("{at}/texts/{place}"));
            }
            for (name, matcher) in &html.attributes {
                self.matcher(matcher, &format!("{at}/attributes/{name}"));
            }
        }
        for (place, described) in expect.describes.iter().enumerate() {
            if described.operation().split_once(" /").is_none() {
                self.add(
                    &format!("{at}/describes/{place}"),
                    "a method and a path: `GET /api/notes/{id}`",
                );
            }
        }
        for (place, series) in expect.metrics.iter().enumerate() {
            let at = format!("{at}/metrics/{place}");
            self.labels(&series.labels, &at);
            for (key, matcher) in [("sum", &series.sum), ("count", &series.count)] {
                if let Some(matcher) = matcher {
                    self.matcher(matcher, &format!("{at}/{key}"));
                }
            }
        }
        if let Some(other) = &expect.or {
            self.expect(other, &format!("{at}/or"));
        }
    }

    fn labels(&mut self, labels: &BTreeMap<String, Value>, at: &str) {
        for (name, matcher) in labels {
            self.matcher(matcher, &format!("{at}/labels/{name}"));
        }
    }

    pub(super) fn source(&mut self, source: &Source, at: &str) {
        let source_at = match source {
            Source::Json(pointer) => return self.pointer(pointer, at),
            Source::At(at) => at.as_ref(),
        };
        let SourceAt { header, cookie, html, attribute, xml, first, like, take, status, .. } =
            source_at;
        let SourceAt { or_skip, metric, labels, count, .. } = source_at;
        let named = [header, cookie, html, xml, first, metric].map(Option::is_some);
        if named.iter().filter(|is| **is).count() + usize::from(*status) != 1 {
            self.add(
                at,
                "a value comes from one of `header`, `cookie`, `html`, `xml`, `first`, `metric` and `status`",
            );
        }
        if attribute.is_some() && html.is_none() {
            self.add(&format!("{at}/attribute"), "`attribute` belongs to `html`");
        }
        if metric.is_none() && (!labels.is_empty() || *count) {
            self.add(at, "`labels` and `count` belong to `metric`");
        }
        self.labels(labels, at);
        if first.is_none() && (like.is_some() || take.is_some() || or_skip.is_some()) {
            self.add(at, "`where`, `take` and `or_skip` belong to `first`");
        }
        if or_skip.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
            self.add(&format!("{at}/or_skip"), "a reason belongs here, as a sentence");
        }
        if let Some(selector) = html {
            self.selector(selector, &format!("{at}/html"));
        }
        if let Some(pointer) = xml {
            self.pointer(pointer, &format!("{at}/xml"));
        }
        if let Some(pointer) = first {
            self.pointer(pointer, &format!("{at}/first"));
        }
        if let Some(pointer) = take {
            self.plain_pointer(pointer, &format!("{at}/take"));
        }
        if let Some(matcher) = like {
            self.matcher(matcher, &format!("{at}/where"));
        }
    }
}
