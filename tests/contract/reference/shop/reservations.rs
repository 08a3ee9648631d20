//! shop, milestone `reservations`: stock that is held for a cart until a time.

use super::api::Answer;
use super::cart;
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::server::setting;
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

const SECOND: i64 = 1_000_000;

/// The answer, if the address is this milestone's.
pub fn answer(store: &Mutex<Store>, request: &Request, path: &[&str]) -> Option<Answer> {
    let ["api", "carts", id, "reservation"] = path else { return None };
    if !learner::has("reservations") {
        return None;
    }
    Some(match request.method.as_str() {
        "PUT" => hold(store, id),
        "DELETE" => give_back(&mut lock(store), id),
        _ => Ok(method_not_allowed("PUT, DELETE")),
    })
}

fn lock(store: &Mutex<Store>) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

fn hold(shared: &Mutex<Store>, id: &str) -> Answer {
    let cart = cart::cart_of(&lock(shared), id)?;
    let enough = missing(&lock(shared), &cart).is_empty();
    if fault("hold-race") {
        sleep(Duration::from_millis(60));
    }
    let mut store = lock(shared);
    let mut cart = cart::cart_of(&store, id)?;
    let lines = cart::lines(&cart);
    if lines.is_empty() && !fault("empty-cart-held") {
        return Err(problem(409, "The cart is empty."));
    }
    let mut missing = missing(&store, &cart);
    if fault("hold-race") && enough || fault("more-held-than-there-is") {
        missing.clear();
    }
    if !missing.is_empty() {
        if fault("refused-hold-in-part") {
            let there =
                lines.iter().filter(|(id, _)| missing.iter().all(|(other, ..)| other != id));
            put(&mut store, &mut cart, &there.copied().collect::<Vec<_>>(), ends());
        }
        return Err(cart::too_few(&missing));
    }
    let until = match until(&cart) {
        Some(until) if !fault("hold-prolonged") => until,
        _ => ends(),
    };
    put(&mut store, &mut cart, &lines, until);
    let items: Vec<Value> = lines
        .iter()
        .map(|(product, quantity)| json!({"product_id": product, "quantity": quantity}))
        .collect();
    Ok(Response::json(200, json!({"expires_at": clock::text(until), "items": items})))
}

/// When a reservation that begins now ends, in microseconds.
fn ends() -> i64 {
    let seconds = setting("RESERVATION_SECONDS", "600").parse().unwrap_or(600);
    clock::micros() + SECOND * if fault("reservation-seconds-ignored") { 600 } else { seconds }
}

fn put(store: &mut Store, cart: &mut Value, lines: &[(u64, i64)], until: i64) {
    let process = if fault("holds-in-memory") { std::process::id() } else { 0 };
    cart["hold"] = json!({"until": until, "lines": lines, "process": process});
    cart::put(store, cart);
    store.commit();
}

fn give_back(store: &mut Store, id: &str) -> Answer {
    let mut cart = cart::cart_of(store, id)?;
    if until(&cart).is_none() && !fault("no-hold-204") {
        return Err(ids::absent());
    }
    if !fault("hold-stays") {
        end(&mut cart);
    }
    if fault("cart-emptied-with-hold") {
        cart["lines"] = json!([]);
    }
    cart::put(store, &cart);
    store.commit();
    Ok(Response::empty(204))
}

/// The reservation of a cart ends, if it has one.
pub fn end(cart: &mut Value) {
    cart["hold"] = Value::Null;
}

/// A line of the cart has changed.
pub fn changed(cart: &mut Value) {
    if !fault("hold-outlives-change") {
        end(cart);
    }
}

/// The cart was bought.
pub fn bought(cart: &mut Value) {
    if !fault("hold-outlives-purchase") {
        end(cart);
    }
}

/// Until when the cart is held, if it is.
fn until(cart: &Value) -> Option<i64> {
    let until = cart["hold"]["until"].as_i64()?;
    let process = cart["hold"]["process"].as_u64().unwrap_or(0);
    let lost = process != 0 && process != u64::from(std::process::id());
    let lives = until > clock::micros() || fault("hold-for-ever");
    (lives && !lost).then_some(until)
}

/// How many of a product other carts hold.
fn held(store: &Store, product: u64, except: &Value) -> i64 {
    if !learner::has("reservations") || fault("hold-without-effect") {
        return 0;
    }
    let others = store.rows("carts").filter(|cart| cart["id"] != *except && until(cart).is_some());
    let quantity = |cart: &Value| {
        let lines = cart["hold"]["lines"].as_array().into_iter().flatten();
        let of = lines.filter(|line| line[0] == product);
        of.map(|line| line[1].as_i64().unwrap_or(0)).sum::<i64>()
    };
    others.map(quantity).sum()
}

/// What is there of a product for a cart.
pub fn available(store: &Store, product: u64, cart: &Value) -> i64 {
    let stock = store.get("products", product).and_then(|product| product["stock"].as_i64());
    let except = if fault("own-hold-in-the-way") { &Value::Null } else { &cart["id"] };
    stock.unwrap_or_default() - held(store, product, except)
}

fn missing(store: &Store, cart: &Value) -> Vec<(u64, i64, i64)> {
    let lines = cart::lines(cart).into_iter();
    let lines = lines.map(|(id, quantity)| (id, quantity, available(store, id, cart)));
    lines.filter(|(_, quantity, there)| quantity > there).collect()
}

/// A product as everybody sees it: without what is held.
pub fn seen(store: &Store, product: &Value) -> Value {
    let mut product = product.clone();
    let id = product["id"].as_u64().unwrap_or_default();
    if learner::has("reservations") && !fault("held-stock-shown") {
        let stock = product["stock"].as_i64().unwrap_or_default();
        product["stock"] = json!(stock - held(store, id, &Value::Null));
    }
    product
}

/// What a cart says of its reservation.
pub fn shown(cart: &Value, shown: &mut Value) {
    if learner::has("reservations") && !fault("reserved-until-missing") {
        shown["reserved_until"] =
            until(cart).map_or(Value::Null, |until| json!(clock::text(until)));
    }
}
