//! The turns of a step that is repeated: their values, and what they must be together.

use super::context::set;
use crate::contract::client::response::Response;
use crate::contract::format::model::{Count, Rows, Step};
use crate::contract::value::difference::{Difference, shown};
use crate::contract::value::values::Values;
use serde_json::Value;
use std::collections::BTreeMap;

/// What tells a turn from the others is told in so many characters.
pub(in crate::contract) const LABEL: usize = 72;

/// One turn: what tells it from the others, and its values.
#[derive(Debug, Clone)]
pub struct Iteration {
    pub label: String,
    pub values: Values,
}

/// The turns of a step; none if it is not repeated.
///
/// # Errors
/// The rows are no list, or name what is not known.
pub fn turns(step: &Step, values: &Values) -> Result<Option<Vec<Iteration>>, Difference> {
    let Some(mut turns) = read_turns(step, values)? else { return Ok(None) };
    for turn in &mut turns {
        let mut own = turn.values.clone();
        set(step, &turn.values, &mut own)?;
        turn.values = own;
    }
    Ok(Some(turns))
}

fn read_turns(step: &Step, values: &Values) -> Result<Option<Vec<Iteration>>, Difference> {
    let rows = match (&step.rows, step.times) {
        (Some(rows), _) => read(rows, values)?,
        (None, Some(times)) => {
            let turn = |n: u32| {
                let mut values = values.clone();
                values.set("n", Value::from(n));
                Iteration { label: format!("turn {n} of {times}"), values }
            };
            return Ok(Some((1..=times).map(turn).collect()));
        }
        (None, None) => return Ok(None),
    };
    let turn = |(row, n): (Value, usize)| {
        let mut values = values.clone();
        values.set("n", Value::from(n));
        let label = match &row {
            Value::Object(entries) => {
                let pairs: Vec<String> = entries
                    .iter()
                    .map(|(name, value)| format!("{name}: {}", shown(value)))
                    .collect();
                pairs.join(", ")
            }
            other => shown(other),
        };
        match row {
            Value::Object(entries) => {
                entries.into_iter().for_each(|(name, value)| values.set(&name, value));
            }
            other => values.set("row", other),
        }
        Iteration { label: crate::contract::value::difference::short(&label, LABEL), values }
    };
    Ok(Some(rows.into_iter().zip(1..).map(turn).collect()))
}

fn read(rows: &Rows, values: &Values) -> Result<Vec<Value>, Difference> {
    let rows = match rows {
        Rows::Written(rows) => return rows.iter().map(|row| values.fill(row)).collect(),
        Rows::Named(name) => values.fill(&Value::from(name.as_str()))?,
    };
    match rows {
        Value::Array(rows) => Ok(rows),
        other => Err(Difference::new("rows", "a list", shown(&other))),
    }
}

/// What about the numbers of statuses is not as counted; `none` turns had no answer.
#[must_use]
pub fn count(counts: &BTreeMap<String, Count>, statuses: &[u16], none: usize) -> Vec<Difference> {
    let mut found = Vec::new();
    let is = |wanted: &str, status: u16| {
        let class = wanted.strip_suffix("xx");
        class.map_or_else(
            || wanted == status.to_string(),
            |class| class == (status / 100).to_string(),
        )
    };
    for (wanted, number) in counts {
        let came = statuses.iter().filter(|status| is(wanted, **status)).count() as u64;
        if !number.allows(came) {
            let place = format!("answers with {wanted}");
            found.push(Difference::new(place, number.words(), came.to_string()));
        }
    }
    let mut others: BTreeMap<u16, u32> = BTreeMap::new();
    for status in statuses.iter().filter(|status| !counts.keys().any(|one| is(one, **status))) {
        *others.entry(*status).or_default() += 1;
    }
    for (status, number) in others {
        found.push(Difference::new(format!("answers with {status}"), "0", number.to_string()));
    }
    if none > 0 {
        found.push(Difference::new("turns without an answer", "0", none.to_string()));
    }
    found
}

/// What about `answers` is not the same, or not distinct, as the step wants it.
#[must_use]
pub fn compare(step: &Step, answers: &[&Response]) -> Vec<Difference> {
    let bodies: Vec<Value> = answers.iter().map(|one| one.json().unwrap_or(Value::Null)).collect();
    let at = |pointer: &str| -> Vec<&Value> {
        bodies.iter().map(|body| body.pointer(pointer).unwrap_or(&Value::Null)).collect()
    };
    let mut found = Vec::new();
    for pointer in &step.same {
        let values = at(pointer);
        if let Some(other) = values.iter().find(|one| **one != values[0]) {
            let actual = format!("{} and {}", shown(values[0]), shown(other));
            found.push(Difference::new(
                format!("json {pointer}"),
                "the same in each answer",
                actual,
            ));
        }
    }
    for pointer in &step.distinct {
        let values = at(pointer);
        let twice = values.iter().enumerate().find(|(place, one)| values[..*place].contains(one));
        if let Some((_, value)) = twice {
            let actual = format!("{} twice", shown(value));
            found.push(Difference::new(
                format!("json {pointer}"),
                "another in each answer",
                actual,
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn step(yaml: &str) -> Step {
        crate::yaml::parse("x.yaml", yaml).unwrap_or_else(|mistake| panic!("{mistake}"))
    }

    fn told(yaml: &str) -> Vec<(String, Option<Value>)> {
        let mut values = Values::new("", 1);
        values.set("ids", json!([3, 4]));
        let turns = turns(&step(yaml), &values).expect("rows").expect("repeated");
        let name = if yaml.contains("{q:") {
            "q"
        } else if yaml.contains("times") {
            "n"
        } else {
            "row"
        };
        turns.into_iter().map(|one| (one.label, one.values.get(name))).collect()
    }

    #[test]
    fn rows_become_values() {
        let pair = |label: &str, value: Value| (label.to_owned(), Some(value));
        assert_eq!(told("rows: [{q: a}]"), [pair("q: \"a\"", json!("a"))]);
        assert_eq!(
            told("rows: [7, {$repeat: [a, 2]}]"),
            [pair("7", json!(7)), pair("\"aa\"", json!("aa"))]
        );
        assert_eq!(told("rows: '${ids}'"), [pair("3", json!(3)), pair("4", json!(4))]);
        assert_eq!(
            told("times: 2"),
            [pair("turn 1 of 2", json!(1)), pair("turn 2 of 2", json!(2))]
        );
        assert!(turns(&step("rows: '${url}'"), &Values::new("", 1)).is_err());
    }

    #[test]
    fn statuses_are_counted() {
        let step = step("counts: {'201': 2, '4xx': {min: 1}}");
        let counts = step.counts.expect("counts");
        assert_eq!(count(&counts, &[201, 409, 201, 429], 0), []);
        let found = count(&counts, &[201, 500, 500], 1);
        let told: Vec<String> = found
            .iter()
            .map(|one| format!("{}: {}/{}", one.place, one.expected, one.actual))
            .collect();
        assert_eq!(
            told,
            [
                "answers with 201: 2/1",
                "answers with 4xx: at least 1/0",
                "answers with 500: 0/2",
                "turns without an answer: 0/1"
            ]
        );
    }

    #[test]
    fn answers_are_compared() {
        let answer =
            |body: &str| Response { status: 200, body: body.into(), ..Response::default() };
        let (one, other) = (answer("{\"id\":1,\"n\":1}"), answer("{\"id\":1,\"n\":2}"));
        let both = step("{same: [/id], distinct: [/n]}");
        assert_eq!(compare(&both, &[&one, &other]), []);
        assert_eq!(compare(&both, &[&one, &one]).len(), 1);
        assert_eq!(compare(&step("same: [/n]"), &[&one, &other]).len(), 1);
        assert_eq!(compare(&both, &[]), []);
    }
}
