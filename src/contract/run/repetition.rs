//! The iterations of a repeated step: their values, and what their responses must be together.

use crate::contract::client::Response;
use crate::contract::format::limits::MAX_ITERATIONS;
use crate::contract::format::{Repeat, Repeated, Rows};
use crate::contract::value::{CountRule, Difference, DifferenceKind, Values, plain, short, shown};
use serde_json::Value;
use std::collections::BTreeMap;

/// The entry of a row that says why the rule is so for it.
pub(in crate::contract) const WHY: &str = "why";
/// How many characters of the values that identify an iteration are shown.
pub(super) const MAX_LABEL_CHARACTERS: usize = 72;

/// One iteration: its label and its values.
#[derive(Debug, Clone)]
pub struct Iteration {
    pub label: String,
    /// Why the rule is so for this row.
    pub why: Option<String>,
    pub values: Values,
}

/// The iterations of a repeated step, each with what the step sets.
///
/// # Errors
/// The rows are no list, or name what is not known.
pub fn iterations(
    repeat: &Repeat,
    set: &BTreeMap<String, Value>,
    values: &Values,
) -> Result<Vec<Iteration>, Difference> {
    let mut iterations = read_iterations(repeat, values)?;
    for iteration in &mut iterations {
        let before = iteration.values.clone();
        set_values(set, &before, &mut iteration.values)?;
    }
    Ok(iterations)
}

/// Sets in `to` what a step sets, filled in with the values of `from`.
///
/// # Errors
/// A value that is unknown or cannot be computed.
pub fn set_values(
    set: &BTreeMap<String, Value>,
    from: &Values,
    to: &mut Values,
) -> Result<(), Difference> {
    let mut all = set.iter();
    all.try_for_each(|(name, value)| from.fill(value).map(|value| to.set(name, value)))
}

fn read_iterations(repeat: &Repeat, values: &Values) -> Result<Vec<Iteration>, Difference> {
    let rows = match repeat {
        Repeat::Rows(rows) => read(rows, values)?,
        Repeat::Times(times) => {
            let iteration = |n: u32| {
                let mut values = values.clone();
                values.set("n", Value::from(n));
                Iteration { label: format!("iteration {n} of {times}"), why: None, values }
            };
            return Ok((1..=*times).map(iteration).collect());
        }
    };
    let all = rows.len();
    let iteration_of = |(mut row, n): (Value, usize)| {
        let mut values = values.clone();
        values.set("n", Value::from(n));
        let why = row.as_object_mut().and_then(|entries| entries.remove(WHY));
        let case = format!("case {n} of {all}");
        let label = match &row {
            Value::Object(entries) => match entries.iter().next() {
                Some((name, value)) if entries.len() == 1 => {
                    let label = format!("{name}: {}", shown(value));
                    if label.chars().count() > MAX_LABEL_CHARACTERS { case } else { label }
                }
                // Values of the contract's own names say little; the line to paste has them.
                _ => case,
            },
            other => shown(other),
        };
        match row {
            Value::Object(entries) => {
                entries.into_iter().for_each(|(name, value)| values.set(&name, value));
            }
            other => values.set("row", other),
        }
        Iteration {
            label: short(&label, MAX_LABEL_CHARACTERS),
            why: why.as_ref().map(plain),
            values,
        }
    };
    Ok(rows.into_iter().zip(1..).map(iteration_of).collect())
}

fn read(rows: &Rows, values: &Values) -> Result<Vec<Value>, Difference> {
    let rows = match rows {
        Rows::Written(rows) => return rows.iter().map(|row| values.fill(row)).collect(),
        Rows::Named(name) => values.fill(&Value::from(name.as_str()))?,
    };
    match rows {
        // Steps that are taken for nothing say nothing.
        Value::Array(rows) if rows.is_empty() => {
            Err(Difference::new("rows", "a list with at least one row", "[]"))
        }
        Value::Array(rows) if rows.len() > MAX_ITERATIONS => {
            let expected = format!("at most {MAX_ITERATIONS} rows");
            Err(Difference::new("rows", expected, rows.len().to_string()))
        }
        Value::Array(rows) => Ok(rows),
        other => Err(Difference::new("rows", "a list", shown(&other))),
    }
}

/// Whether `expected` (`201`, `4xx`) stands for `status`.
#[must_use]
pub fn is_status(expected: &str, status: u16) -> bool {
    match expected.strip_suffix("xx") {
        Some(class) => class == (status / 100).to_string(),
        None => expected == status.to_string(),
    }
}

/// The differences between the counts of statuses and those expected; `without_response` iterations had no response.
#[must_use]
pub fn count(
    counts: &BTreeMap<String, CountRule>,
    statuses: &[u16],
    without_response: usize,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (expected, number) in counts {
        let came = statuses.iter().filter(|status| is_status(expected, **status)).count() as u64;
        if !number.allows(came) {
            let place = format!("responses with {expected}");
            let first_digit = expected.bytes().next().unwrap_or(b'0').saturating_sub(b'0');
            let kind = DifferenceKind::StatusCount(u16::from(first_digit) * 100);
            let difference = Difference::new(place, number.describe(), came.to_string());
            differences.push(difference.with_kind(kind));
        }
    }
    let mut others: BTreeMap<u16, u32> = BTreeMap::new();
    for status in
        statuses.iter().filter(|status| !counts.keys().any(|counted| is_status(counted, **status)))
    {
        *others.entry(*status).or_default() += 1;
    }
    for (status, number) in others {
        let difference =
            Difference::new(format!("responses with {status}"), "0", number.to_string());
        differences.push(difference.with_kind(DifferenceKind::StatusCount(status)));
    }
    if without_response > 0 {
        let count = without_response.to_string();
        let difference = Difference::new("iterations without a response", "0", count);
        differences.push(difference.with_kind(DifferenceKind::NoResponse));
    }
    differences
}

/// The differences where `responses` are not the same, or not distinct, as the step requires.
#[must_use]
pub fn compare(repeated: &Repeated, responses: &[&Response], values: &Values) -> Vec<Difference> {
    let bodies: Vec<Value> =
        responses.iter().map(|response| response.json().unwrap_or(Value::Null)).collect();
    let mut differences = Vec::new();
    let both = repeated.same.iter().map(|pointer| (pointer, true));
    for (pointer, same) in both.chain(repeated.distinct.iter().map(|pointer| (pointer, false))) {
        match values.text(pointer) {
            Ok(pointer) => differences.extend(compare_at(&pointer, &bodies, same)),
            Err(unknown) => differences.push(unknown),
        }
    }
    differences
}

/// The difference at `pointer` between responses that must be the same (or distinct). A response without a value is a difference too.
fn compare_at(pointer: &str, bodies: &[Value], same: bool) -> Option<Difference> {
    let place = format!("json {pointer}");
    let expected = if same { "the same in each response" } else { "another in each response" };
    if bodies.is_empty() {
        return Some(Difference::new(place, expected, "no response with 2xx"));
    }
    let values: Vec<&Value> = bodies
        .iter()
        .filter_map(|value| value.pointer(pointer).filter(|value| !value.is_null()))
        .collect();
    if values.len() < bodies.len() {
        return Some(Difference::new(place, expected, "a response without a value there"));
    }
    if same {
        let other = values.iter().find(|value| **value != values[0])?;
        let actual = format!("{} and {}", shown(values[0]), shown(other));
        return Some(Difference::new(place, expected, actual));
    }
    let twice = values.iter().enumerate().find(|(at, value)| values[..*at].contains(value));
    twice.map(|(_, value)| Difference::new(place, expected, format!("{} twice", shown(value))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::format::{Action, Mode, step};
    use serde_json::json;

    /// The repetition of a request with these modifiers.
    fn repeated(yaml: &str) -> Repeated {
        let step = step(&format!("request: GET /\n{yaml}"));
        let Action::Request(request) = step.action else { unreachable!("a request") };
        let Mode::Repeated(repeated) = request.mode else { unreachable!("repeated") };
        repeated
    }

    fn read(yaml: &str, values: &Values) -> Result<Vec<Iteration>, Difference> {
        iterations(&repeated(yaml).repeat, &BTreeMap::new(), values)
    }

    fn iterations_of(yaml: &str) -> Vec<(String, Option<Value>)> {
        let mut values = Values::new("", 1);
        values.set("ids", json!([3, 4]));
        let iterations = read(yaml, &values).expect("rows");
        let name = if yaml.contains("{q:") {
            "q"
        } else if yaml.contains("times") {
            "n"
        } else {
            "row"
        };
        iterations
            .into_iter()
            .map(|iteration| (iteration.label, iteration.values.get(name)))
            .collect()
    }

    #[test]
    fn rows_become_values() {
        let pair = |label: &str, value: Value| (label.to_owned(), Some(value));
        assert_eq!(iterations_of("rows: [{q: a}]"), [pair("q: \"a\"", json!("a"))]);
        assert_eq!(
            iterations_of("rows: [7, {$repeat: [a, 2]}]"),
            [pair("7", json!(7)), pair("\"aa\"", json!("aa"))]
        );
        assert_eq!(iterations_of("rows: '${ids}'"), [pair("3", json!(3)), pair("4", json!(4))]);
        assert_eq!(
            iterations_of("times: 2"),
            [pair("iteration 1 of 2", json!(1)), pair("iteration 2 of 2", json!(2))]
        );
        assert!(read("rows: '${url}'", &Values::new("", 1)).is_err());
        let mut values = Values::new("", 1);
        values.set("ids", json!([]));
        assert!(read("rows: '${ids}'", &values).is_err());
    }

    #[test]
    fn statuses_are_counted() {
        let counts = repeated("times: 4\ncounts: {'201': 2, '4xx': {min: 1}}").counts;
        let counts = counts.expect("counts");
        assert_eq!(count(&counts, &[201, 409, 201, 429], 0), []);
        let differences = count(&counts, &[201, 500, 500], 1);
        let lines: Vec<String> = differences
            .iter()
            .map(|difference| {
                format!("{}: {}/{}", difference.place, difference.expected, difference.actual)
            })
            .collect();
        assert_eq!(
            lines,
            [
                "responses with 201: 2/1",
                "responses with 4xx: at least 1/0",
                "responses with 500: 0/2",
                "iterations without a response: 0/1"
            ]
        );
    }

    #[test]
    fn answers_are_compared() {
        let response =
            |body: &str| Response { status: 200, body: body.into(), ..Response::default() };
        let (first, second) = (response("{\"id\":1,\"n\":1}"), response("{\"id\":1,\"n\":2}"));
        let both = repeated("times: 2\nsame: [/id]\ndistinct: [/n]");
        assert_eq!(compare(&both, &[&first, &second], &Values::new("", 1)), []);
        assert_eq!(compare(&both, &[&first, &first], &Values::new("", 1)).len(), 1);
        assert_eq!(
            compare(&repeated("times: 2\nsame: [/n]"), &[&first, &second], &Values::new("", 1))
                .len(),
            1
        );
        assert_eq!(compare(&both, &[], &Values::new("", 1)).len(), 2);
        // Nothing equals nothing, and says nothing.
        let bare = response("{\"n\":null}");
        for rule in ["times: 2\nsame: [/n]", "times: 2\nsame: [/x]", "times: 2\ndistinct: [/x]"] {
            assert_eq!(
                compare(&repeated(rule), &[&bare, &bare], &Values::new("", 1)).len(),
                1,
                "{rule}"
            );
        }
    }
}
