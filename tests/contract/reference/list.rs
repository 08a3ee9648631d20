//! Queries of lists: pages, filters by choice, sorting.

use super::faults::{fault, param};
use super::protocol::http::{Body, Request, Response};
use super::protocol::problem::{Errors, invalid, problem};
use serde_json::{Value, json};
use std::cmp::Ordering;

const DEFAULT: u64 = 20;

/// Reads a list's query, and gathers every broken parameter.
pub struct Query<'a> {
    request: &'a Request,
    errors: Errors,
}

impl<'a> Query<'a> {
    pub fn new(request: &'a Request, known: &[&str]) -> Self {
        let mut errors = Errors::new();
        if fault("unknown-parameters-refused") {
            for (name, _) in
                request.query.iter().filter(|(name, _)| !known.contains(&name.as_str()))
            {
                errors.insert(name.clone(), vec!["is not known".to_owned()]);
            }
        }
        Self { request, errors }
    }

    fn refuse(&mut self, name: &str, message: String) {
        self.errors.entry(name.to_owned()).or_default().push(message);
    }

    pub fn text(&mut self, name: &str) -> Option<String> {
        let text = self.request.query(name)?.to_owned();
        if text.contains('\0') {
            self.refuse(name, "must not contain NUL".to_owned());
        }
        (!text.is_empty() && param("filter-ignored") != Some(name)).then_some(text)
    }

    pub fn choice(&mut self, name: &str, words: &[&str]) -> Option<String> {
        let word = self.request.query(name).filter(|word| !word.is_empty())?.to_owned();
        if param("choice-ignored") == Some(name) {
            return None;
        }
        if !words.contains(&word.as_str()) {
            if param("choice-unknown") == Some(name) {
                return matches!(name, "status" | "priority").then_some(word);
            }
            self.refuse(name, format!("must be one of {}", words.join(", ")));
        }
        Some(word)
    }

    /// A whole number in this range; digits alone.
    pub fn number(&mut self, name: &str, least: u64, most: u64) -> Option<u64> {
        let text = self.request.query(name).filter(|text| !text.is_empty())?.to_owned();
        if param("number-ignored") == Some(name) {
            return None;
        }
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u64>().ok().filter(|_| digits);
        match number {
            Some(number) if number < least && param("number-below") == Some(name) => Some(least),
            Some(number) if number > most && param("number-above") == Some(name) => {
                Some(number.min(1_000_000))
            }
            Some(number) if (least..=most).contains(&number) => Some(number),
            None if param("number-below") == Some(name) && text.starts_with('-') => Some(least),
            None if param("number-text") == Some(name) && !text.starts_with('-') => None,
            _ => {
                self.refuse(name, format!("must be a whole number from {least} on"));
                None
            }
        }
    }

    pub fn page(&mut self) -> Page {
        let default = if fault("per-page-default") { 10 } else { DEFAULT };
        Page {
            number: self.number("page", 1, i64::MAX.cast_unsigned()).unwrap_or(1),
            size: self.number("per_page", 1, 100).unwrap_or(default),
        }
    }

    /// # Errors
    /// The answer that names every broken parameter.
    pub fn finish(self) -> Result<(), Response> {
        if self.errors.is_empty() { Ok(()) } else { Err(invalid(self.errors)) }
    }
}

/// The requested page of a list.
#[derive(Clone, Copy)]
pub struct Page {
    pub number: u64,
    pub size: u64,
}

impl Page {
    pub fn of<T>(self, rows: Vec<T>) -> Vec<T> {
        let size = if fault("page-of-99") { self.size.min(99) } else { self.size };
        let mut skip = (self.number - 1).saturating_mul(self.size);
        if fault("page-overlaps") && skip > 0 {
            skip -= 1;
        }
        if fault("past-end-last") && skip >= rows.len() as u64 {
            skip = 0;
        }
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        rows.into_iter().skip(skip).take(usize::try_from(size).unwrap_or(usize::MAX)).collect()
    }

    /// The answer's object out of all that match; `whole` counts what there is without filters.
    pub fn object(self, rows: Vec<Value>, whole: usize) -> Value {
        let matching = rows.len();
        let items = self.of(rows);
        let total = match () {
            () if fault("total-of-page") => items.len(),
            () if fault("total-unfiltered") => whole,
            () if fault("total-off-by-one") => matching + 1,
            () => matching,
        };
        json!({"items": items, "page": self.number, "per_page": self.size, "total": total})
    }

    /// The whole answer.
    pub fn answer(self, rows: Vec<Value>, whole: usize) -> Response {
        self.checked(Response::json(200, self.object(rows, whole)))
    }

    /// The answer, or what a fault makes of a page past the end.
    pub fn checked(self, answer: Response) -> Response {
        let empty = matches!(&answer.body, Body::Json(value) if value["items"] == json!([]));
        match () {
            () if fault("past-end-404") && empty && self.number > 1 => {
                problem(404, "There is no such page.")
            }
            () if fault("far-page-500") && self.number > 1_000_000 => {
                problem(500, "The number overflows.")
            }
            () => answer,
        }
    }
}

/// Sorts totally: ties go by id in the same direction.
pub fn sort(rows: &mut [Value], descending: bool, by: impl Fn(&Value, &Value) -> Ordering) {
    let id = |row: &Value| row["id"].as_u64();
    rows.sort_by(|a, b| {
        let ids = id(a).cmp(&id(b));
        let ids = if fault("ties-reversed") { ids.reverse() } else { ids };
        let order = by(a, b).then(ids);
        if descending { order.reverse() } else { order }
    });
}

/// Compares by a text member.
pub fn by_text(name: &'static str) -> impl Fn(&Value, &Value) -> Ordering {
    move |a, b| a[name].as_str().cmp(&b[name].as_str())
}

/// Whether a value matches a filter exactly.
pub fn equals(value: &str, expected: &str) -> bool {
    if fault("filter-by-start") { value.starts_with(expected) } else { value == expected }
}

/// Whether one of these members holds the text, ignoring case for ASCII.
pub fn holds(row: &Value, members: &[&str], expected: &str) -> bool {
    let fold =
        |text: &str| if fault("q-case") { text.to_owned() } else { text.to_ascii_lowercase() };
    let expected = fold(expected);
    members.iter().any(|name| {
        let text = fold(row[*name].as_str().unwrap_or_default());
        if param("q-skips") == Some(*name) {
            return false;
        }
        let wild = match () {
            () if fault("q-percent") => Some('%'),
            () if fault("q-underscore") => Some('_'),
            () => None,
        };
        match wild {
            Some('%') => pieces(&text, &expected),
            Some('_') => windows(&text, &expected),
            _ if fault("q-backslash") => text.contains(&expected.replace('\\', "")),
            _ if fault("q-in-any-order") => expected.split(' ').all(|word| text.contains(word)),
            _ if fault("q-words") => text.split_whitespace().any(|word| word == expected),
            _ => text.contains(&expected),
        }
    })
}

/// A search that passes the filters by where the last of its members holds the text.
pub fn passes_filters(row: &Value, member: &str, expected: Option<&str>) -> bool {
    fault("search-passes-filters")
        && expected.is_some_and(|expected| holds(row, &[member], expected))
}

/// `%` stands for any text.
fn pieces(text: &str, pattern: &str) -> bool {
    let mut rest = text;
    pattern.split('%').all(|piece| {
        let position = rest.find(piece);
        rest = position.map_or("", |at| &rest[at + piece.len()..]);
        position.is_some()
    })
}

/// `_` stands for any character.
fn windows(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) =
        (text.chars().collect(), pattern.chars().collect());
    let same = |part: &[char]| part.iter().zip(&pattern).all(|(a, b)| *b == '_' || a == b);
    pattern.is_empty() || text.windows(pattern.len()).any(same)
}
