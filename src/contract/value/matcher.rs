//! Matchers: what a value must be. In a contract, `$name` is a matcher and all else is a plain value.

use super::count::CountRule;
use crate::suggest;
use crate::yaml::Finding;
use regex_lite::Regex;
use serde::Deserialize;
use serde_json::Value;

/// The names of all matchers.
pub const NAMES: [&str; 23] = [
    "$type",
    "$matches",
    "$contains",
    "$in",
    "$not",
    "$all",
    "$any",
    "$absent",
    "$length",
    "$each",
    "$unordered",
    "$holds",
    "$exactly",
    "$ascending",
    "$descending",
    "$above",
    "$least",
    "$below",
    "$most",
    "$url",
    "$unlike",
    "$now",
    "$instant",
];
const TYPES: [(&str, Type); 8] = [
    ("text", Type::Text),
    ("number", Type::Number),
    ("integer", Type::Integer),
    ("boolean", Type::Boolean),
    ("list", Type::List),
    ("object", Type::Object),
    ("id", Type::Id),
    ("time", Type::Time),
];

/// What a value must be.
#[derive(Debug, Clone)]
pub enum Matcher {
    Equal(Value),
    /// These keys at least.
    Object(Vec<(String, Self)>),
    /// These keys alone.
    Exactly(Vec<(String, Self)>),
    List(Vec<Self>),
    Type(Type),
    Matches(Regex),
    Contains(Box<Self>),
    In(Vec<Self>),
    Not(Box<Self>),
    All(Vec<Self>),
    Any,
    Absent,
    Length(CountRule),
    Each(Box<Self>),
    Unordered(Vec<Self>),
    Holds(Vec<Self>),
    Sorted {
        ascending: bool,
        by: Vec<String>,
    },
    Compared(Comparison, Value),
    /// A text whose end is not that of this one.
    Unlike(String),
    /// A time at most so many seconds from now.
    Now(u64),
    /// This time, to the second, in any form that HTTP and Atom use.
    Instant(String),
    /// A path of the server at `base`.
    Url {
        path: String,
        base: String,
    },
}

/// The types that a value can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    Number,
    Integer,
    Boolean,
    List,
    Object,
    Id,
    Time,
}

/// How two numbers or times are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// What a matcher is read for.
#[derive(Debug, Clone, Copy)]
pub struct MatcherContext<'a> {
    /// The address of the server.
    pub url: &'a str,
    /// Variables may stand where a number or a pattern belongs; they are assumed to be valid.
    pub open: bool,
}

impl Matcher {
    /// Reads a matcher.
    ///
    /// # Errors
    /// Every invalid matcher, with its place in `value`.
    pub fn read(value: &Value, context: MatcherContext<'_>) -> Result<Self, Vec<Finding>> {
        let mut reader = MatcherReader { context, findings: Vec::new() };
        let matcher = reader.matcher(value, "");
        if reader.findings.is_empty() { Ok(matcher) } else { Err(reader.findings) }
    }
}

struct MatcherReader<'a> {
    context: MatcherContext<'a>,
    findings: Vec<Finding>,
}

impl MatcherReader<'_> {
    fn matcher(&mut self, value: &Value, at: &str) -> Matcher {
        match value {
            Value::Object(entries) => {
                match entries.iter().find(|(key, _)| key.starts_with('$') && !key.starts_with("${"))
                {
                    None => Matcher::Object(self.entries(value, at)),
                    Some((name, argument)) if entries.len() == 1 => {
                        self.operator(name, argument, &format!("{at}/{name}"))
                    }
                    Some((name, _)) => {
                        let all = "several matchers go into `$all: [{..}, {..}]`";
                        self.report(at, format!("`{name}` stands with other keys; {all}"));
                        Matcher::Any
                    }
                }
            }
            Value::Array(_) => Matcher::List(self.list(value, at)),
            plain => Matcher::Equal(plain.clone()),
        }
    }

    fn operator(&mut self, name: &str, argument: &Value, at: &str) -> Matcher {
        let compared = |comparison| Matcher::Compared(comparison, argument.clone());
        match name {
            "$type" => self.of_type(argument, at),
            "$matches" => self.pattern(argument, at),
            "$contains" => Matcher::Contains(Box::new(self.matcher(argument, at))),
            "$in" => Matcher::In(self.list(argument, at)),
            "$not" => Matcher::Not(Box::new(self.matcher(argument, at))),
            "$all" => Matcher::All(self.list(argument, at)),
            "$any" | "$absent" => {
                if *argument != Value::Bool(true) {
                    self.report(at, format!("`{name}` takes `true` alone"));
                }
                if name == "$any" { Matcher::Any } else { Matcher::Absent }
            }
            "$length" => self.length(argument, at),
            "$each" => Matcher::Each(Box::new(self.matcher(argument, at))),
            "$unordered" => Matcher::Unordered(self.list(argument, at)),
            "$holds" => Matcher::Holds(self.list(argument, at)),
            "$exactly" => Matcher::Exactly(self.entries(argument, at)),
            "$ascending" | "$descending" => {
                Matcher::Sorted { ascending: name == "$ascending", by: self.pointers(argument, at) }
            }
            "$above" => self.comparable(argument, at, compared(Comparison::Above)),
            "$least" => self.comparable(argument, at, compared(Comparison::AtLeast)),
            "$below" => self.comparable(argument, at, compared(Comparison::Below)),
            "$most" => self.comparable(argument, at, compared(Comparison::AtMost)),
            "$url" => match argument.as_str() {
                Some(path) => {
                    Matcher::Url { path: path.to_owned(), base: self.context.url.to_owned() }
                }
                None => self.report_any(at, "`$url` takes a path: `$url: /api/notes/1`"),
            },
            "$unlike" | "$instant" if self.is_open(argument) => Matcher::Any,
            "$unlike" => match argument.as_str() {
                Some(other) => Matcher::Unlike(other.to_owned()),
                None => self.report_any(at, "`$unlike` takes a text"),
            },
            "$now" => match argument.as_u64() {
                Some(seconds) => Matcher::Now(seconds),
                None => self.report_any(at, "`$now` takes a number of seconds: `$now: 600`"),
            },
            "$instant" => match argument.as_str() {
                Some(time) if super::time::timestamp(time).is_some() => {
                    Matcher::Instant(time.to_owned())
                }
                _ => self.report_any(at, "`$instant` takes a time: `$instant: ${created_at}`"),
            },
            "$repeat" | "$join" | "$sum" | "$times" | "$hmac" if self.context.open => Matcher::Any,
            unknown => {
                let near = suggest::nearest(unknown, NAMES)
                    .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                self.report_any(at, format!("unknown matcher `{unknown}`{near}"))
            }
        }
    }

    fn of_type(&mut self, argument: &Value, at: &str) -> Matcher {
        let name = argument.as_str().unwrap_or_default();
        match TYPES.iter().find(|(known, _)| *known == name) {
            Some((_, kind)) => Matcher::Type(*kind),
            None => {
                let all = TYPES.map(|(name, _)| format!("`{name}`")).join(", ");
                self.report_any(at, format!("`$type` takes one of {all}"))
            }
        }
    }

    fn pattern(&mut self, argument: &Value, at: &str) -> Matcher {
        let Some(pattern) = argument.as_str() else {
            return self.report_any(at, "`$matches` takes a regular expression");
        };
        if self.is_open(argument) {
            return Matcher::Any;
        }
        match Regex::new(pattern) {
            Ok(regex) => Matcher::Matches(regex),
            Err(error) => self.report_any(at, format!("this is no regular expression: {error}")),
        }
    }

    fn length(&mut self, argument: &Value, at: &str) -> Matcher {
        if self.is_open(argument)
            || argument
                .as_object()
                .is_some_and(|bounds| bounds.values().any(|bound| self.is_open(bound)))
        {
            return Matcher::Any;
        }
        match CountRule::deserialize(argument) {
            Ok(count) => Matcher::Length(count),
            Err(_) => self.report_any(at, "`$length` takes a number, or `{min: 1, max: 80}`"),
        }
    }

    fn comparable(&mut self, argument: &Value, at: &str, matcher: Matcher) -> Matcher {
        let time = argument.as_str().is_some_and(|text| super::time::timestamp(text).is_some());
        let computed = argument.is_object() && self.context.open;
        if argument.is_number() || time || computed || self.is_open(argument) {
            return matcher;
        }
        self.report_any(at, "numbers and times are compared, and this is neither")
    }

    fn pointers(&mut self, argument: &Value, at: &str) -> Vec<String> {
        let pointers = argument.as_array().map(|all| {
            all.iter().map(|item| item.as_str().filter(|item| is_pointer(item)).map(str::to_owned))
        });
        match pointers.and_then(Iterator::collect::<Option<Vec<_>>>) {
            Some(pointers) if !pointers.is_empty() => pointers,
            _ => {
                self.report(at, "an order is a list of JSON Pointers: `[/name, /id]`");
                Vec::new()
            }
        }
    }

    fn list(&mut self, argument: &Value, at: &str) -> Vec<Matcher> {
        match argument {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items.map(|(place, item)| self.matcher(item, &format!("{at}/{place}"))).collect()
            }
            other if self.is_open(other) => Vec::new(),
            _ => {
                self.report(at, "a list of matchers belongs here");
                Vec::new()
            }
        }
    }

    fn entries(&mut self, argument: &Value, at: &str) -> Vec<(String, Matcher)> {
        let Some(entries) = argument.as_object() else {
            self.report(at, "keys with matchers belong here: `{id: {$type: id}}`");
            return Vec::new();
        };
        let read = |(key, value): (&String, &Value)| {
            let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
            (key.clone(), self.matcher(value, &at))
        };
        entries.iter().map(read).collect()
    }

    /// Whether a variable stands there whose value is not known yet.
    fn is_open(&self, value: &Value) -> bool {
        self.context.open && value.as_str().is_some_and(|text| text.contains("${"))
    }

    fn report_any(&mut self, at: &str, message: impl Into<String>) -> Matcher {
        self.report(at, message);
        Matcher::Any
    }

    fn report(&mut self, at: &str, message: impl Into<String>) {
        self.findings.push(Finding::new(at, message));
    }
}

/// Whether `text` is a JSON Pointer.
#[must_use]
pub fn is_pointer(text: &str) -> bool {
    text.is_empty() || text.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn findings(value: &Value) -> Vec<(String, String)> {
        let context = MatcherContext { url: "", open: true };
        let findings = Matcher::read(value, context).err().unwrap_or_default();
        findings.into_iter().map(|finding| (finding.pointer, finding.message)).collect()
    }

    #[test]
    fn a_misspelt_matcher_is_reported_at_its_place() {
        let report = findings(&json!({ "items": [{ "id": { "$tpye": "id" } }] }));
        let message = "unknown matcher `$tpye`; did you mean `$type`?".to_owned();
        assert_eq!(report, [("/items/0/id/$tpye".to_owned(), message)]);
    }

    #[test]
    fn arguments_are_held_to_what_the_matcher_takes() {
        for bad in [
            json!({ "$type": "string" }),
            json!({ "$matches": "(" }),
            json!({ "$in": 5 }),
            json!({ "$any": false }),
            json!({ "$length": "x" }),
            json!({ "$length": { "least": 1 } }),
            json!({ "$above": "x" }),
            json!({ "$url": 5 }),
            json!({ "$unlike": 5 }),
            json!({ "$now": "10m" }),
            json!({ "$instant": "now" }),
            json!({ "$ascending": ["id"] }),
            json!({ "$exactly": [] }),
            json!({ "$type": "id", "$above": 0 }),
        ] {
            assert_eq!(findings(&bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn variables_may_stand_for_arguments_before_a_run() {
        for good in [
            json!({ "$matches": "^/api/${id}$" }),
            json!({ "$length": "${count}" }),
            json!({ "$above": "${time}" }),
            json!({ "$above": { "$sum": ["${count}", 1] } }),
            json!({ "$unordered": "${ids}" }),
            json!({ "$unlike": "${token}" }),
            json!({ "$instant": "${created_at}" }),
            json!({ "$repeat": ["a", 200] }),
            json!("${id}"),
        ] {
            assert_eq!(findings(&good), [], "{good}");
        }
    }
}
