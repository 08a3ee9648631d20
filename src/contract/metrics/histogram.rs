//! Whether the series of a histogram fit each other.

use crate::contract::value::Difference;
use std::collections::BTreeMap;

/// The labels of a series.
type Labels = BTreeMap<String, String>;

/// The values of all series, by name and labels.
pub(super) type ByName<'m> = BTreeMap<&'m str, BTreeMap<&'m Labels, f64>>;

/// Checks the series of the histogram `name`.
///
/// # Errors
/// Buckets that do not grow, none for `+Inf`, or a count or sum that is missing or differs.
pub(super) fn check(name: &str, samples: &ByName<'_>) -> Result<(), Difference> {
    let wrong = |expected: &str, actual: String| {
        Difference::new(format!("metric {name}"), expected, actual)
    };
    let series = |tail: &str| samples.get(format!("{name}_{tail}").as_str());
    // By their labels without `le`: the bounds of the buckets with their counts.
    let mut all: BTreeMap<Labels, Vec<(f64, f64)>> = BTreeMap::new();
    for (labels, count) in series("bucket").into_iter().flatten() {
        let mut labels = (*labels).clone();
        let bound = labels.remove("le").unwrap_or_default();
        let Ok(bound) = bound.parse::<f64>() else {
            return Err(wrong("buckets with a number as `le`", format!("`{bound}`")));
        };
        all.entry(labels).or_default().push((bound, *count));
    }
    for (labels, mut buckets) in all {
        buckets.sort_by(|(left, _), (right, _)| left.total_cmp(right));
        if buckets.windows(2).any(|pair| pair[0].1 > pair[1].1) {
            let actual = "one that is smaller than the one before it".to_owned();
            return Err(wrong("buckets that each hold all that is shorter", actual));
        }
        let last = buckets.last().filter(|(bound, _)| *bound == f64::INFINITY);
        let Some((_, total)) = last else {
            return Err(wrong("a bucket with `le=\"+Inf\"`", "none".to_owned()));
        };
        let value = |tail: &str| series(tail).and_then(|values| values.get(&labels)).copied();
        if value("count") != Some(*total) {
            let actual =
                value("count").map_or_else(|| "none".to_owned(), |count| count.to_string());
            return Err(wrong(&format!("a `_count` of {total}, as in the last bucket"), actual));
        }
        if value("sum").is_none() {
            return Err(wrong("a `_sum` beside each `_count`", "none".to_owned()));
        }
    }
    Ok(())
}
