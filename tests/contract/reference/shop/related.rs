//! shop, milestone `related`: other products of the same category.

use super::api::{Answer, shown};
use super::reservations::seen;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::protocol::http::Response;
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// So many at max.
const MAX_ITEMS: usize = 4;
/// What was answered first for a product, for the fault that answers it for ever.
static COPIES: Mutex<BTreeMap<u64, Value>> = Mutex::new(BTreeMap::new());

pub fn answer(store: &Store, id: &str) -> Answer {
    let id = ids::parse(id)?;
    let Some(product) = store.get("products", id) else {
        if fault("related-to-unknown-200") {
            return Ok(Response::json(200, json!({"items": []})));
        }
        return Err(ids::absent());
    };
    if product["stock"] == 0 && fault("related-to-sold-out-404") {
        return Err(ids::absent());
    }
    let mut copies = COPIES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(copy) = copies.get(&id).filter(|_| fault("related-stale")) {
        return Ok(Response::json(200, copy.clone()));
    }
    let items: Vec<Value> = related(store, product).into_iter().map(shortened).collect();
    if items.is_empty() && fault("related-none-404") {
        return Err(ids::absent());
    }
    if items.is_empty() && fault("related-none-null") {
        return Ok(Response::json(200, json!({"items": null})));
    }
    let answer = if fault("related-bare") { json!(items) } else { json!({"items": items}) };
    copies.insert(id, answer.clone());
    Ok(Response::json(200, answer))
}

fn related(store: &Store, product: &Value) -> Vec<Value> {
    let other = |row: &&Value| {
        (row["id"] != product["id"] || fault("related-with-itself"))
            && (row["category"] == product["category"] || fault("related-of-any-category"))
            && (row["stock"].as_i64() > Some(0) || fault("related-sold-out"))
    };
    let mut rows: Vec<Value> =
        store.rows("products").map(|row| seen(store, row)).filter(|row| other(&row)).collect();
    let price = |row: &Value| row["price_cents"].as_i64().unwrap_or_default();
    let distance = |row: &Value| match () {
        () if fault("related-cheapest-first") => price(row),
        () if fault("related-cheaper-alone") => price(row) - price(product),
        () => (price(row) - price(product)).abs(),
    };
    rows.sort_by_key(|row| {
        let id = row["id"].as_i64().unwrap_or_default();
        (distance(row), if fault("related-ties") { -id } else { id })
    });
    rows.truncate(match () {
        () if fault("related-of-three") => MAX_ITEMS - 1,
        () if fault("related-of-all") => usize::MAX,
        () => MAX_ITEMS,
    });
    rows
}

fn shortened(product: Value) -> Value {
    if fault("related-in-short") {
        return json!({"id": product["id"], "name": product["name"]});
    }
    shown(product)
}
