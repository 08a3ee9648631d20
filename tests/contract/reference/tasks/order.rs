//! tasks: the orders of a list.

use super::estimate;
use crate::reference::faults::{fault, param};
use crate::reference::fields::PRIORITY;
use crate::reference::list;
use serde_json::Value;
use std::cmp::Ordering;

pub fn sorted(rows: &mut [Value], sort: Option<&str>, order: Option<&str>) {
    let order = order.filter(|_| !fault("order-ignored"));
    let sort = sort.filter(|sort| param("sort-ignored") != Some(*sort));
    let descending = match (sort, order) {
        (_, Some(order)) => order == "desc",
        (None, None) => !fault("oldest-first"),
        (Some(_), None) => fault("sort-default-desc"),
    };
    let descending = if order.is_some() && sort.is_none() && fault("order-alone-ignored") {
        true
    } else {
        descending
    };
    let rank = |task: &Value| PRIORITY.iter().position(|word| task["priority"] == **word);
    match sort.unwrap_or("created_at") {
        "priority" if fault("priority-by-alphabet") => {
            list::sort(rows, descending, list::by_text("priority"));
        }
        "priority" => list::sort(rows, descending, |a, b| rank(a).cmp(&rank(b))),
        "title" if fault("title-sort-case") => {
            list::sort(rows, descending, list::by_text("title"));
        }
        "title" => {
            let fold = |task: &Value| task["title"].as_str().map(str::to_ascii_lowercase);
            list::sort(rows, descending, |a, b| fold(a).cmp(&fold(b)));
        }
        "estimate" => {
            list::sort(rows, descending, |a, b| estimate::order(a, b, descending));
        }
        "due" => list::sort(rows, descending, |a, b| due(a, b, descending)),
        _ => list::sort(rows, descending, list::by_text("created_at")),
    }
}

/// A day that is missing goes last in both directions.
fn due(a: &Value, b: &Value, descending: bool) -> Ordering {
    let (a, b) = (a["due"].as_str(), b["due"].as_str());
    let missing = a.is_none().cmp(&b.is_none());
    let missing = match () {
        () if fault("null-due-first") => missing.reverse(),
        () if fault("null-due-turns") && descending => missing.reverse(),
        () => missing,
    };
    // The caller turns the whole order round.
    let missing = if descending { missing.reverse() } else { missing };
    missing.then_with(|| a.cmp(&b))
}
