//! Whether metrics hold the series that a contract names.

use super::response::compare;
use crate::contract::client::Response;
use crate::contract::format::Series;
use crate::contract::metrics::{Metrics, Sample};
use crate::contract::value::{Difference, ValuePath, Values};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the metrics in `response` lack.
#[must_use]
pub fn differences(expected: &[Series], response: &Response, values: &Values) -> Vec<Difference> {
    let text = String::from_utf8_lossy(&response.body);
    let metrics = match Metrics::read(&text) {
        Ok(metrics) => metrics,
        Err(wrong) => return vec![wrong],
    };
    expected.iter().flat_map(|series| series_differences(series, &metrics, values)).collect()
}

fn series_differences(series: &Series, metrics: &Metrics, values: &Values) -> Vec<Difference> {
    let place = format!("metric {}", series.name);
    if let Some(kind) = &series.kind
        && metrics.kind(&series.name) != Some(kind)
    {
        let actual = metrics.kind(&series.name).unwrap_or("no such metric");
        return vec![Difference::new(place, format!("`# TYPE {} {kind}`", series.name), actual)];
    }
    let matching = match matching_series(metrics, &series.name, &series.labels, values) {
        Ok(matching) => matching,
        Err(wrong) => return vec![wrong],
    };
    let mut differences = Vec::new();
    let at_least_one = json!({ "$least": 1 });
    let count = series.count.as_ref().unwrap_or(&at_least_one);
    let number = Value::from(matching.len());
    let many = format!("number of series {}", series.name);
    compare(count, Some(&number), &ValuePath::new(&many, ""), values, &mut differences);
    if let Some(matcher) = &series.sum {
        let actual = sum(&matching);
        compare(matcher, Some(&actual), &ValuePath::new(&place, ""), values, &mut differences);
    }
    differences
}

/// The series of this name whose labels fit.
///
/// # Errors
/// A value in the labels that is not known.
pub fn matching_series<'m>(
    metrics: &'m Metrics,
    name: &'m str,
    labels: &BTreeMap<String, Value>,
    values: &Values,
) -> Result<Vec<&'m Sample>, Difference> {
    let labels: Map<String, Value> = labels.clone().into_iter().collect();
    let matcher = values.matcher(&Value::Object(labels))?;
    let object = |sample: &Sample| {
        let labels = sample.labels.iter();
        Value::Object(
            labels.map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect(),
        )
    };
    Ok(metrics.series(name).filter(|sample| matcher.holds(Some(&object(sample)))).collect())
}

/// The sum of the values of these series, as a whole number where it is one.
#[must_use]
pub fn sum(series: &[&Sample]) -> Value {
    let sum: f64 = series.iter().map(|sample| sample.value).sum();
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and below 2^53")]
    if sum.fract() == 0.0 && sum.abs() < 9e15 {
        return Value::from(sum as i64);
    }
    Value::from(sum)
}
