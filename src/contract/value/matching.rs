//! Compares a value with a matcher, and lists the differences place by place.

use super::difference::{Difference, shown};
use super::matcher::{Comparison, Matcher, Type};
use super::time;
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::time::Duration;

/// How many characters at the end of two texts are compared for likeness: those of 128 random bits.
const COMPARED_CHARACTERS: usize = 22;

/// Where in a response a value stands.
#[derive(Debug, Clone)]
pub struct ValuePath<'a> {
    /// `json`, `header location`.
    name: &'a str,
    /// Below it: a JSON Pointer.
    pointer: String,
    /// The text for a missing value: `no such header`.
    missing: &'static str,
}

impl<'a> ValuePath<'a> {
    /// The whole value called `name`; `missing` is the text for its absence: `no such header`.
    #[must_use]
    pub fn new(name: &'a str, missing: &'static str) -> Self {
        Self { name, pointer: String::new(), missing }
    }

    fn below(&self, key: &str) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        Self { name: self.name, pointer: format!("{}/{key}", self.pointer), missing: "no such key" }
    }

    fn describe(&self) -> String {
        let space = if self.pointer.is_empty() || self.name.is_empty() { "" } else { " " };
        format!("{}{space}{}", self.name, self.pointer)
    }
}

impl Matcher {
    /// The differences between `value` and this matcher; empty if the matcher holds.
    #[must_use]
    pub fn differences(&self, place: &ValuePath<'_>, value: Option<&Value>) -> Vec<Difference> {
        let mut differences = Vec::new();
        self.compare(place, value, &mut differences);
        differences
    }

    /// Whether it holds for `value`.
    #[must_use]
    pub fn holds(&self, value: Option<&Value>) -> bool {
        self.differences(&ValuePath::new("", ""), value).is_empty()
    }

    fn compare(
        &self,
        place: &ValuePath<'_>,
        value: Option<&Value>,
        differences: &mut Vec<Difference>,
    ) {
        match (self, value) {
            (Self::Not(other), value) if !other.holds(value) => {}
            (Self::Absent, None) => {}
            (Self::All(all), value) => {
                all.iter().for_each(|matcher| matcher.compare(place, value, differences));
            }
            (Self::In(all), value) if all.iter().any(|matcher| matcher.holds(value)) => {}
            (_, None) => {
                differences.push(Difference::new(place.describe(), self.describe(), place.missing));
            }
            (Self::Object(entries), Some(Value::Object(object))) => {
                for (key, matcher) in entries {
                    matcher.compare(&place.below(key), object.get(key), differences);
                }
            }
            (Self::Exactly(entries), Some(Value::Object(object))) => {
                for (key, matcher) in entries {
                    matcher.compare(&place.below(key), object.get(key), differences);
                }
                differences.extend(unexpected_keys(place, entries, object));
            }
            (Self::List(expected), Some(Value::Array(items))) if expected.len() == items.len() => {
                for (at, (matcher, item)) in expected.iter().zip(items).enumerate() {
                    matcher.compare(&place.below(&at.to_string()), Some(item), differences);
                }
            }
            (Self::Each(matcher), Some(Value::Array(items))) if items.is_empty() => {
                let expected = format!("at least one element that is {}", matcher.describe());
                differences.push(Difference::new(place.describe(), expected, "[]"));
            }
            (Self::Each(matcher), Some(Value::Array(items))) => {
                for (at, item) in items.iter().enumerate() {
                    matcher.compare(&place.below(&at.to_string()), Some(item), differences);
                }
            }
            (Self::Sorted { ascending, by }, Some(Value::Array(items))) => {
                differences.extend(self.order_difference(place, items, by, *ascending));
            }
            (_, Some(value)) if self.holds_for_whole(value) => {}
            (_, Some(value)) => {
                differences.push(Difference::new(
                    place.describe(),
                    self.describe(),
                    actual_text(value),
                ));
            }
        }
    }

    /// Where `items` are not sorted, or why their order says nothing.
    fn order_difference(
        &self,
        place: &ValuePath<'_>,
        items: &[Value],
        by: &[String],
        ascending: bool,
    ) -> Option<Difference> {
        if order_is_vacuous(items, by) {
            let actual = match items.len() {
                count @ (0 | 1) => format!("{count} of them: {}", shown(&Value::from(items))),
                _ => format!("no element has a value at {}", by[0]),
            };
            return Some(Difference::new(place.describe(), self.describe(), actual));
        }
        let at = first_unsorted(items, by, ascending)?;
        let keys = |item: &Value| {
            let key = |key: &String| item.pointer(key).map_or_else(|| "nothing".to_owned(), shown);
            by.iter().map(key).collect::<Vec<_>>().join(", ")
        };
        let actual = format!("{} before {}", keys(&items[at]), keys(&items[at + 1]));
        Some(Difference::new(place.below(&at.to_string()).describe(), self.describe(), actual))
    }

    /// Whether a matcher without inner places holds.
    fn holds_for_whole(&self, value: &Value) -> bool {
        match self {
            Self::Equal(expected) => equal(expected, value),
            Self::Type(kind) => kind.is_of(value),
            Self::Matches(regex) => value.as_str().is_some_and(|text| regex.is_match(text)),
            Self::Contains(part) => match (value, &**part) {
                (Value::String(text), Self::Equal(Value::String(part))) => {
                    text.contains(part.as_str())
                }
                (Value::String(_), part) => part.holds(Some(value)),
                (Value::Array(items), part) => items.iter().any(|item| part.holds(Some(item))),
                _ => false,
            },
            Self::Any => true,
            Self::Length(count) => length(value).is_some_and(|length| count.allows(length)),
            Self::Unordered(expected) => value.as_array().is_some_and(|items| {
                items.len() == expected.len() && has_matching(expected, items)
            }),
            Self::Holds(expected) => value.as_array().is_some_and(|items| {
                let mut items = items.iter();
                expected.iter().all(|matcher| items.any(|item| matcher.holds(Some(item))))
            }),
            Self::Compared(comparison, bound) => {
                order(value, bound).is_some_and(|order| comparison.allows(order))
            }
            Self::Unlike(other) => value.as_str().is_some_and(|text| is_unlike(text, other)),
            Self::Now(seconds) => value
                .as_str()
                .and_then(time::distance_from_now)
                .is_some_and(|away| away <= Duration::from_secs(*seconds)),
            Self::Instant(time) => {
                value.as_str().is_some_and(|text| time::is_same_second(text, time))
            }
            Self::Url { path, base } => value
                .as_str()
                .is_some_and(|text| text == path || path_of_own_url(text, base) == Some(path)),
            _ => false,
        }
    }
}

/// Whether two texts differ in at least half of their last characters. Random texts do; in texts built from a number and the
/// time most characters are the same.
fn is_unlike(left: &str, right: &str) -> bool {
    let ends = left.chars().rev().zip(right.chars().rev()).take(COMPARED_CHARACTERS);
    let same = ends.filter(|(a, b)| a == b).count();
    let length = left.chars().count().min(right.chars().count()).min(COMPARED_CHARACTERS);
    same * 2 <= length && left != right
}

/// The actual value as text. A list is printed with its length, for that is often what is wrong.
fn actual_text(value: &Value) -> String {
    match value {
        Value::Array(items) if items.len() > 1 => {
            format!("{} elements: {}", items.len(), shown(value))
        }
        other => shown(other),
    }
}

impl Type {
    fn is_of(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Number => value.is_number(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Boolean => value.is_boolean(),
            Self::List => value.is_array(),
            Self::Object => value.is_object(),
            Self::Id => value.as_u64().is_some_and(|id| id > 0),
            Self::Time => value.as_str().is_some_and(time::is_exact),
        }
    }
}

impl Comparison {
    fn allows(self, order: Ordering) -> bool {
        match self {
            Self::Above => order.is_gt(),
            Self::AtLeast => order.is_ge(),
            Self::Below => order.is_lt(),
            Self::AtMost => order.is_le(),
        }
    }
}

/// Equal as JSON: numbers by their value, objects in any order of keys.
#[must_use]
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(_), Value::Number(_)) => order(left, right) == Some(Ordering::Equal),
        (Value::Array(lefts), Value::Array(rights)) => {
            lefts.len() == rights.len() && lefts.iter().zip(rights).all(|(a, b)| equal(a, b))
        }
        (Value::Object(lefts), Value::Object(rights)) => {
            lefts.len() == rights.len()
                && lefts.iter().all(|(key, a)| rights.get(key).is_some_and(|b| equal(a, b)))
        }
        _ => left == right,
    }
}

/// How numbers or times are ordered; nothing else is.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => match (a.as_i128(), b.as_i128()) {
            (Some(a), Some(b)) => Some(a.cmp(&b)),
            _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
        },
        (Value::String(a), Value::String(b)) => Some(time::timestamp(a)?.cmp(&time::timestamp(b)?)),
        _ => None,
    }
}

/// A difference for each key of `object` that `entries` does not have.
fn unexpected_keys(
    place: &ValuePath<'_>,
    entries: &[(String, Matcher)],
    object: &Map<String, Value>,
) -> Vec<Difference> {
    let is_expected = |key: &str| entries.iter().any(|(expected, _)| expected == key);
    let unexpected = object.iter().filter(|(key, _)| !is_expected(key));
    unexpected
        .map(|(key, value)| {
            Difference::new(place.below(key).describe(), "no such key", shown(value))
        })
        .collect()
}

/// Whether the order of a list proves nothing: fewer than two elements, or none with a value at the first key.
fn order_is_vacuous(items: &[Value], by: &[String]) -> bool {
    let first = by.first().map_or("", String::as_str);
    items.len() < 2
        || !items.iter().any(|item| item.pointer(first).is_some_and(|item| !item.is_null()))
}

/// The index of the first element that is out of order with the next.
fn first_unsorted(items: &[Value], by: &[String], ascending: bool) -> Option<usize> {
    items.windows(2).position(|pair| {
        for key in by {
            let [left, right] =
                [&pair[0], &pair[1]].map(|item| item.pointer(key).unwrap_or(&Value::Null));
            // Missing values come last in both directions.
            match (left.is_null(), right.is_null()) {
                (true, true) => continue,
                (true, false) => return true,
                (false, true) => return false,
                (false, false) => {}
            }
            let order = order(left, right).or_else(|| {
                Some(left.as_str()?.to_ascii_lowercase().cmp(&right.as_str()?.to_ascii_lowercase()))
            });
            match order {
                // A text beside a number has no order at all.
                None => return true,
                Some(Ordering::Equal) => {}
                Some(order) => return order.is_gt() == ascending,
            }
        }
        false
    })
}

fn length(value: &Value) -> Option<u64> {
    let length = match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        _ => return None,
    };
    u64::try_from(length).ok()
}

/// Whether each matcher can have an element of its own: a matching, by augmenting paths.
fn has_matching(expected: &[Matcher], items: &[Value]) -> bool {
    fn find_augmenting_path(
        at: usize,
        fits: &[Vec<bool>],
        owner: &mut [Option<usize>],
        seen: &mut [bool],
    ) -> bool {
        for item in 0..owner.len() {
            if !fits[at][item] || std::mem::replace(&mut seen[item], true) {
                continue;
            }
            if owner[item].is_none_or(|other| find_augmenting_path(other, fits, owner, seen)) {
                owner[item] = Some(at);
                return true;
            }
        }
        false
    }
    let fits: Vec<Vec<bool>> = expected
        .iter()
        .map(|matcher| items.iter().map(|item| matcher.holds(Some(item))).collect())
        .collect();
    let mut owner = vec![None; items.len()];
    (0..expected.len())
        .all(|at| find_augmenting_path(at, &fits, &mut owner, &mut vec![false; items.len()]))
}

/// The path of `text`, if it is a whole URL of the server at `base`. The names of this machine
/// mean the same.
#[must_use]
pub fn path_of_own_url<'a>(text: &'a str, base: &str) -> Option<&'a str> {
    let (scheme, rest) = text.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let normalized = |host: &str| {
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
        let here = ["localhost", "127.0.0.1", "[::1]"].contains(&name);
        (if here { "localhost" } else { name }.to_ascii_lowercase(), port.to_owned())
    };
    let server = base.strip_prefix("http://")?.split('/').next()?;
    (normalized(host) == normalized(server)).then_some(path)
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
