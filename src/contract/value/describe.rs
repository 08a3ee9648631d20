//! Matchers in words, as a beginner reads them beside what came.

use super::count::Count;
use super::difference::{short, shown};
use super::matcher::{Comparison, Matcher, Type};

/// Longer descriptions lose their middle.
const LONGEST: usize = 200;

impl Matcher {
    /// What the matcher holds for: `a whole number above 0`.
    #[must_use]
    pub fn words(&self) -> String {
        short(&self.whole(), LONGEST)
    }

    fn whole(&self) -> String {
        match self {
            Self::Equal(value) => shown(value),
            Self::Object(entries) => match keys(entries) {
                keys if keys.is_empty() => "an object".to_owned(),
                keys => format!("an object with {keys}"),
            },
            Self::Exactly(entries) => format!("an object with {} and no other key", keys(entries)),
            Self::List(items) if items.is_empty() => "an empty list".to_owned(),
            Self::List(items) => format!("a list of {}: {}", items.len(), each(items, ", ")),
            Self::Type(kind) => kind.words().to_owned(),
            Self::Matches(regex) => format!("a text like {}", regex.as_str()),
            Self::Contains(part) => format!("something that contains {}", part.whole()),
            Self::In(all) => format!("one of {}", each(all, ", ")),
            Self::Not(other) => format!("not {}", other.whole()),
            Self::All(all) => each(all, ", and "),
            Self::Any => "anything".to_owned(),
            Self::Absent => "nothing there".to_owned(),
            Self::Length(count) => format!("a length of {}", count.words()),
            Self::Each(matcher) => format!("a list, each of it {}", matcher.whole()),
            Self::Unordered(items) => {
                format!("a list of these in any order: {}", each(items, ", "))
            }
            Self::Holds(items) => {
                format!("a list that holds these in this order: {}", each(items, ", "))
            }
            Self::Sorted { ascending, by } => {
                let way = if *ascending { "ascending" } else { "descending" };
                format!("a list in {way} order of {}", by.join(", then "))
            }
            Self::Compared(comparison, bound) => {
                format!(
                    "a {} {} {}",
                    if bound.is_number() { "number" } else { "time" },
                    comparison.words(),
                    shown(bound)
                )
            }
            Self::Url { path, .. } => format!("the address {path}"),
        }
    }
}

fn keys(entries: &[(String, Matcher)]) -> String {
    let keys = entries.iter().filter(|(_, matcher)| !matches!(matcher, Matcher::Absent));
    keys.map(|(key, _)| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

fn each(all: &[Matcher], between: &str) -> String {
    all.iter().map(Matcher::whole).collect::<Vec<_>>().join(between)
}

impl Type {
    fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Integer => "a whole number",
            Self::Boolean => "true or false",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Id => "a whole number above 0",
            Self::Time => "a time in UTC with milliseconds, such as 2026-01-31T12:00:00.000Z",
        }
    }
}

impl Comparison {
    fn words(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Least => "of at least",
            Self::Below => "below",
            Self::Most => "of at most",
        }
    }
}

impl Count {
    /// The count in words: `5`, `at least 1`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Exactly(number) => number.to_string(),
            Self::Between(bounds) if bounds.max == u64::MAX => format!("at least {}", bounds.min),
            Self::Between(bounds) if bounds.min == 0 => format!("at most {}", bounds.max),
            Self::Between(bounds) => format!("{} to {}", bounds.min, bounds.max),
        }
    }

    /// Whether it allows `number`.
    #[must_use]
    pub fn allows(&self, number: u64) -> bool {
        match self {
            Self::Exactly(one) => *one == number,
            Self::Between(bounds) => (bounds.min..=bounds.max).contains(&number),
        }
    }
}
