//! shop, milestone `admin`: staff change products.

use super::api::{Answer, lock, shown};
use crate::reference::accounts;
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::form::{Absent, Form};
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::problem;
use crate::reference::server::setting;
use crate::reference::store::Store;
use crate::reference::token_accounts::{asker, unauthorized};
use serde_json::{Map, Value, json};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::Duration;

const FIELDS: &[&str] = &["sku", "name", "description", "category", "price_cents", "stock"];
/// Makes sure that the staff of the environment is there.
pub fn begin(store: &mut Store) {
    let (email, password) = (setting("STAFF_EMAIL", ""), setting("STAFF_PASSWORD", ""));
    let half = password.is_empty() && !fault("staff-half-set");
    if !learner::has("admin") || email.is_empty() || half || fault("staff-not-made") {
        return;
    }
    let there = accounts::id_of(store, &email);
    if there.is_some() && fault("staff-not-promoted") {
        return;
    }
    let mut user = match there.and_then(|id| store.get("users", id).cloned()) {
        Some(user) if !fault("staff-password-reset") => user,
        Some(user) => {
            store.remove("users", user["id"].as_u64().unwrap_or_default());
            accounts::sign_up(store, &email, &password, &Map::new())
        }
        None => accounts::sign_up(store, &email, &password, &Map::new()),
    };
    user["role"] = json!("staff");
    store.put("users", user["id"].as_u64().unwrap_or_default(), &user);
    store.commit();
}

/// The answer, if the address is one of this milestone.
pub fn answer(store: &Mutex<Store>, request: &Request, path: &[&str]) -> Option<Answer> {
    if !learner::has("admin") {
        return None;
    }
    Some(match (path, request.method.as_str()) {
        (["api", "products"], "POST") => create(store, request),
        (["api", "products", id], "PATCH") => change(store, request, id),
        (["api", "products", id], "DELETE") => delete(store, request, id),
        _ => return None,
    })
}

/// Whether this user is of the staff.
pub fn is_staff(store: &Store, who: &Value) -> bool {
    let Some(id) = who.as_u64() else { return false };
    store.get("users", id).is_some_and(|user| user["role"] == "staff")
}

/// # Errors
/// 401 and 403: who asks may change no product.
fn allowed(store: &Mutex<Store>, request: &Request) -> Result<(), Response> {
    let who = asker(store, request)?;
    if who.is_null() {
        let open = fault("products-open-to-guests");
        return if open { Ok(()) } else { Err(unauthorized()) };
    }
    if is_staff(&lock(store), &who) || fault("products-open-to-customers") {
        return Ok(());
    }
    Err(problem(403, "This is for staff alone."))
}

fn create(store: &Mutex<Store>, request: &Request) -> Answer {
    if fault("product-read-before-role") {
        body::object(request).and_then(|object| read(&object, None))?;
    }
    allowed(store, request)?;
    let object = body::object(request)?;
    let fields = read(&object, None);
    if let (Err(_), true) = (&fields, fault("broken-product-stored")) {
        let name = object.get("name").filter(|name| name.is_string());
        let broken = json!({"sku": ids::random(), "name": name, "description": "", "category": "",
            "price_cents": 1, "stock": 0});
        put(&mut lock(store), broken);
    }
    let fields = fields?;
    let is_taken = |store: &Store| {
        let mut all = store.rows("products");
        all.any(|row| row["sku"] == fields["sku"]) && !fault("sku-twice")
    };
    if fault("sku-race") {
        let taken = is_taken(&lock(store));
        sleep(Duration::from_millis(50));
        if !taken {
            return Ok(created(put(&mut lock(store), fields)));
        }
    }
    let mut store = lock(store);
    if is_taken(&store) {
        return Err(problem(409, "This number is taken."));
    }
    let mut product = fields;
    for name in ["created_at", "currency"] {
        if let Some(value) = object.get(name).filter(|_| fault("product-fields-by-body")) {
            product[name] = value.clone();
        }
    }
    Ok(created(put(&mut store, product)))
}

/// Stores a new product.
fn put(store: &mut Store, mut product: Value) -> Value {
    let id = store.next_id("products");
    let currency = store.rows("products").next().map(|other| other["currency"].clone());
    for (name, value) in [("created_at", json!(clock::now())), ("currency", json!(currency))] {
        if product[name].is_null() {
            product[name] = value;
        }
    }
    product["id"] = json!(id);
    written(store, id, &product);
    product
}

fn written(store: &mut Store, id: u64, product: &Value) {
    store.put("products", id, product);
    if !fault("staff-writes-in-memory") {
        store.commit();
    }
}

fn created(product: Value) -> Response {
    let location = format!("/api/products/{}", product["id"]);
    if fault("product-without-location") {
        return Response::json(201, shown(product));
    }
    Response::created(shown(product), location)
}

/// The product of this id.
fn product_of(store: &Store, id: &str) -> Result<(u64, Value), Response> {
    let id = ids::parse(id)?;
    let product = store.get("products", id).cloned().ok_or_else(ids::absent)?;
    Ok((id, product))
}

fn change(store: &Mutex<Store>, request: &Request, id: &str) -> Answer {
    if fault("product-sought-before-role") {
        product_of(&lock(store), id)?;
    }
    allowed(store, request)?;
    product_of(&lock(store), id)?;
    let object = body::object(request)?;
    let old = product_of(&lock(store), id)?.1;
    if fault("old-stock-written") {
        // Who has read the oldest stock writes last.
        sleep(Duration::from_millis(old["stock"].as_u64().unwrap_or_default() * 10));
    }
    let mut store = lock(store);
    let (id, now) = product_of(&store, id)?;
    let before = if fault("old-stock-written") { old } else { now };
    let previous = if fault("product-change-replaces") { None } else { Some(&before) };
    let mut after = read(&object, previous)?;
    for name in ["id", "currency", "created_at", "sku"] {
        if name != "sku" || !fault("sku-by-change") {
            after[name] = before[name].clone();
        }
    }
    if fault("stock-unchangeable") {
        after["stock"] = before["stock"].clone();
    }
    if fault("carts-with-old-prices") {
        after["was"] = before["price_cents"].clone();
    }
    written(&mut store, id, &after);
    Ok(Response::json(200, shown(after)))
}

fn delete(store: &Mutex<Store>, request: &Request, id: &str) -> Answer {
    allowed(store, request)?;
    let mut store = lock(store);
    let (id, _) = match product_of(&store, id) {
        Err(_) if fault("product-deleted-again-204") => return Ok(Response::empty(204)),
        product => product?,
    };
    let in_order = |order: &Value| {
        order["items"].as_array().into_iter().flatten().any(|item| item["product_id"] == id)
    };
    if fault("sold-product-stays") && store.rows("orders").any(in_order) {
        return Err(problem(409, "It is in an order."));
    }
    if fault("deletion-empties-orders") {
        let orders: Vec<Value> = store.rows("orders").cloned().collect();
        for (row, mut order) in (1..).zip(orders) {
            if let Some(items) = order["items"].as_array_mut() {
                items.retain(|item| item["product_id"] != id);
            }
            store.put("orders", row, &order);
        }
    }
    if !fault("product-stays") {
        store.remove("products", id);
        store.commit();
    }
    Ok(Response::empty(204))
}

/// The fields that are sent; those that are not have their previous values.
fn read(object: &Map<String, Value>, previous: Option<&Value>) -> Result<Value, Response> {
    let mut form = Form::new(object, FIELDS);
    let mut product = json!({});
    for name in FIELDS {
        let absent = match (previous, *name) {
            (Some(previous), _) => Absent::Becomes(previous[*name].clone()),
            (None, "description") => Absent::Becomes(json!("")),
            (None, _) if fault("product-change-replaces") && !object.contains_key("sku") => {
                Absent::Becomes(if matches!(*name, "price_cents" | "stock") {
                    json!(1)
                } else {
                    json!("")
                })
            }
            (None, _) => Absent::Refused,
        };
        product[*name] = form.take(&format!("product.{name}"), absent);
    }
    form.finish()?;
    Ok(product)
}
