//! Whether a value is what a matcher wants; what is not, place by place.

use super::difference::{Difference, shown};
use super::matcher::{Comparison, Matcher, Type};
use super::time;
use serde_json::Value;
use std::cmp::Ordering;

/// Where in an answer a value stands.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// `json`, `header location`.
    name: &'a str,
    /// Below it: a JSON Pointer.
    pointer: String,
    /// How it is told that nothing is there.
    missing: &'static str,
}

impl<'a> Place<'a> {
    /// The whole of what `name` says; `missing` tells that it is not there: `no such header`.
    #[must_use]
    pub fn new(name: &'a str, missing: &'static str) -> Self {
        Self { name, pointer: String::new(), missing }
    }

    fn below(&self, key: &str) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        Self { name: self.name, pointer: format!("{}/{key}", self.pointer), missing: "no such key" }
    }

    fn told(&self) -> String {
        let space = if self.pointer.is_empty() || self.name.is_empty() { "" } else { " " };
        format!("{}{space}{}", self.name, self.pointer)
    }
}

impl Matcher {
    /// What about `value` is not as this matcher wants it; none if it holds.
    #[must_use]
    pub fn differences(&self, place: &Place<'_>, value: Option<&Value>) -> Vec<Difference> {
        let mut found = Vec::new();
        self.compare(place, value, &mut found);
        found
    }

    /// Whether it holds for `value`.
    #[must_use]
    pub fn holds(&self, value: Option<&Value>) -> bool {
        self.differences(&Place::new("", ""), value).is_empty()
    }

    fn compare(&self, place: &Place<'_>, value: Option<&Value>, found: &mut Vec<Difference>) {
        match (self, value) {
            (Self::Not(other), value) if !other.holds(value) => {}
            (Self::Absent, None) => {}
            (Self::All(all), value) => all.iter().for_each(|one| one.compare(place, value, found)),
            (Self::In(all), value) if all.iter().any(|one| one.holds(value)) => {}
            (_, None) => found.push(Difference::new(place.told(), self.words(), place.missing)),
            (Self::Object(entries), Some(Value::Object(object))) => {
                for (key, matcher) in entries {
                    matcher.compare(&place.below(key), object.get(key), found);
                }
            }
            (Self::Exactly(entries), Some(Value::Object(object))) => {
                for (key, matcher) in entries {
                    matcher.compare(&place.below(key), object.get(key), found);
                }
                for key in object.keys().filter(|key| !entries.iter().any(|(one, _)| one == *key)) {
                    let actual = shown(&object[key]);
                    found.push(Difference::new(place.below(key).told(), "no such key", actual));
                }
            }
            (Self::List(wanted), Some(Value::Array(items))) if wanted.len() == items.len() => {
                for (at, (matcher, item)) in wanted.iter().zip(items).enumerate() {
                    matcher.compare(&place.below(&at.to_string()), Some(item), found);
                }
            }
            (Self::Each(matcher), Some(Value::Array(items))) if items.is_empty() => {
                let expected = format!("at least one element that is {}", matcher.words());
                found.push(Difference::new(place.told(), expected, "[]"));
            }
            (Self::Each(matcher), Some(Value::Array(items))) => {
                for (at, item) in items.iter().enumerate() {
                    matcher.compare(&place.below(&at.to_string()), Some(item), found);
                }
            }
            (Self::Sorted { by, .. }, Some(Value::Array(items))) if says_nothing(items, by) => {
                let place = place.told();
                let actual = match items.len() {
                    0 | 1 => {
                        format!("{} of them: {}", items.len(), shown(&Value::from(items.clone())))
                    }
                    _ => format!("no element has a value at {}", by[0]),
                };
                found.push(Difference::new(place, self.words(), actual));
            }
            (Self::Sorted { ascending, by }, Some(Value::Array(items))) => {
                if let Some(at) = unsorted(items, by, *ascending) {
                    let keys = |item: &Value| {
                        let keys = by.iter().map(|key| {
                            item.pointer(key).map_or_else(|| "nothing".to_owned(), shown)
                        });
                        keys.collect::<Vec<_>>().join(", ")
                    };
                    let actual = format!("{} before {}", keys(&items[at]), keys(&items[at + 1]));
                    let place = place.below(&at.to_string()).told();
                    found.push(Difference::new(place, self.words(), actual));
                }
            }
            (_, Some(value)) if self.simple(value) => {}
            (_, Some(value)) => {
                found.push(Difference::new(place.told(), self.words(), told(value)));
            }
        }
    }

    /// Those that hold for a value as a whole, or do not.
    fn simple(&self, value: &Value) -> bool {
        match self {
            Self::Equal(wanted) => equal(wanted, value),
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
            Self::Unordered(wanted) => value
                .as_array()
                .is_some_and(|items| items.len() == wanted.len() && pair_up(wanted, items)),
            Self::Holds(wanted) => value.as_array().is_some_and(|items| {
                let mut items = items.iter();
                wanted.iter().all(|one| items.any(|item| one.holds(Some(item))))
            }),
            Self::Compared(comparison, bound) => {
                order(value, bound).is_some_and(|order| comparison.allows(order))
            }
            Self::Url { path, base } => value
                .as_str()
                .is_some_and(|text| text == path || whole_url(text, base) == Some(path)),
            _ => false,
        }
    }
}

/// A list is told with its length, for that is often what is wrong.
fn told(value: &Value) -> String {
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
            Self::Least => order.is_ge(),
            Self::Below => order.is_lt(),
            Self::Most => order.is_le(),
        }
    }
}

/// Equal as JSON: numbers by their value, objects in any order of keys.
#[must_use]
pub fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => order(one, other) == Some(Ordering::Equal),
        (Value::Array(ones), Value::Array(others)) => {
            ones.len() == others.len() && ones.iter().zip(others).all(|(a, b)| equal(a, b))
        }
        (Value::Object(ones), Value::Object(others)) => {
            ones.len() == others.len()
                && ones.iter().all(|(key, a)| others.get(key).is_some_and(|b| equal(a, b)))
        }
        _ => one == other,
    }
}

/// How numbers or times are ordered; nothing else is.
fn order(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => match (a.as_i128(), b.as_i128()) {
            (Some(a), Some(b)) => Some(a.cmp(&b)),
            _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
        },
        (Value::String(a), Value::String(b)) => Some(time::moment(a)?.cmp(&time::moment(b)?)),
        _ => None,
    }
}

/// Whether the order of a list says nothing: fewer than two elements, or none with a value to be ordered by.
fn says_nothing(items: &[Value], by: &[String]) -> bool {
    let first = by.first().map_or("", String::as_str);
    items.len() < 2 || !items.iter().any(|one| one.pointer(first).is_some_and(|one| !one.is_null()))
}

/// The first element that comes after one that belongs behind it.
fn unsorted(items: &[Value], by: &[String], ascending: bool) -> Option<usize> {
    items.windows(2).position(|pair| {
        for key in by {
            let [one, other] =
                [&pair[0], &pair[1]].map(|item| item.pointer(key).unwrap_or(&Value::Null));
            // What has no value comes last in both directions.
            match (one.is_null(), other.is_null()) {
                (true, true) => continue,
                (true, false) => return true,
                (false, true) => return false,
                (false, false) => {}
            }
            let order = order(one, other).or_else(|| {
                Some(one.as_str()?.to_ascii_lowercase().cmp(&other.as_str()?.to_ascii_lowercase()))
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
fn pair_up(wanted: &[Matcher], items: &[Value]) -> bool {
    fn find(at: usize, fits: &[Vec<bool>], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
        for item in 0..owner.len() {
            if !fits[at][item] || std::mem::replace(&mut seen[item], true) {
                continue;
            }
            if owner[item].is_none_or(|other| find(other, fits, owner, seen)) {
                owner[item] = Some(at);
                return true;
            }
        }
        false
    }
    let fits: Vec<Vec<bool>> =
        wanted.iter().map(|one| items.iter().map(|item| one.holds(Some(item))).collect()).collect();
    let mut owner = vec![None; items.len()];
    (0..wanted.len()).all(|at| find(at, &fits, &mut owner, &mut vec![false; items.len()]))
}

/// The path of `text`, if it is a whole URL of the server at `base`. The names of this machine
/// mean the same.
#[must_use]
pub fn whole_url<'a>(text: &'a str, base: &str) -> Option<&'a str> {
    let (scheme, rest) = text.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let of = |host: &str| {
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
        let here = ["localhost", "127.0.0.1", "[::1]"].contains(&name);
        (if here { "localhost" } else { name }.to_ascii_lowercase(), port.to_owned())
    };
    let own = base.strip_prefix("http://")?.split('/').next()?;
    (of(host) == of(own)).then_some(path)
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
