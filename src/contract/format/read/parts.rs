//! The small parts of a step must be well formed: matchers, selectors, pointers, paths, bytes, statuses.

use super::step::StepReader;
use crate::contract::html::check_selector;
use crate::contract::value::{Matcher, MatcherContext, bytes, is_pointer};
use crate::yaml::Finding;
use serde_json::Value;

impl StepReader<'_> {
    pub(super) fn matcher(&mut self, matcher: &Value, at: &str) {
        if let Err(findings) = Matcher::read(matcher, MatcherContext { url: "", open: true }) {
            for Finding { pointer, message } in findings {
                self.add(&format!("{at}{pointer}"), message);
            }
        }
    }

    pub(super) fn selector(&mut self, selector: &str, at: &str) {
        if !selector.contains("${") && check_selector(selector).is_err() {
            self.add(at, format!("`{selector}` is no CSS selector"));
        }
    }

    pub(super) fn pointer(&mut self, pointer: &str, at: &str) {
        if !is_pointer(pointer) && !pointer.starts_with("${") {
            self.add(
                at,
                format!("`{pointer}` is no JSON Pointer; it begins with a slash: `/{pointer}`"),
            );
        }
    }

    /// A pointer in which no variable is filled in.
    pub(super) fn plain_pointer(&mut self, pointer: &str, at: &str) {
        if pointer.starts_with("${") {
            self.add(at, format!("`{pointer}`: no variable is filled in here; write the pointer"));
        }
        self.pointer(pointer, at);
    }

    pub(super) fn path(&mut self, path: &str, at: &str) {
        if !path.starts_with('/') && !path.starts_with("${") {
            self.add(at, format!("`{path}` is no path; a path begins with a slash"));
        }
    }

    pub(super) fn hex(&mut self, digits: &str, at: &str) {
        if !digits.contains("${") && bytes(digits).is_none() {
            self.add(at, "bytes are pairs of hexadecimal digits: `ff 00`");
        }
    }
}

pub(super) fn is_status(text: &str) -> bool {
    match text.strip_suffix("xx") {
        Some(class) => ["1", "2", "3", "4", "5"].contains(&class),
        None => text.parse::<u16>().is_ok_and(|number| (100..600).contains(&number)),
    }
}
