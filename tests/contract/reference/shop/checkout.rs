//! shop: from cart to order.

use super::accounts;
use super::api::{Answer, lock};
use super::cart;
use super::coupons;
use super::events;
use super::metrics;
use super::payments;
use super::reservations;
use crate::reference::clock;
use crate::reference::faults::{fault, param};
use crate::reference::form::{Absent, Form};
use crate::reference::ids;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::problem;
use crate::reference::store::Store;
use serde_json::{Map, Value, json};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::Duration;

const FIELDS: &[&str] = &["email", "name", "address"];
/// Long enough that buyers at once meet where a fault lets them.
const PAUSE: Duration = Duration::from_millis(60);

pub fn get(store: &Store, id: &str) -> Answer {
    let order = store.find("orders", "id", id).ok_or_else(ids::absent)?;
    Ok(Response::json(200, shown(store, order)))
}

pub fn checkout(store: &Mutex<Store>, request: &Request, id: &str, who: &Value) -> Answer {
    cart::cart_of(&lock(store), id)?;
    let key = key(request)?;
    let object = body::object(request)?;
    let buyer = buyer(&object, &String::from_utf8_lossy(&request.body));
    if let (Err(_), true) = (&buyer, fault("invalid-stored")) {
        let mut store = lock(store);
        let cart = cart::cart_of(&store, id)?;
        place(&mut store, &cart, &json!({"email": "", "name": "", "address": ""}), &key);
    }
    if let (Err(_), true) = (&buyer, fault("refusal-uses-key")) {
        remember(&mut lock(store), id, &key, &json!({"refused": 422}));
    }
    if buyer.is_err() {
        events::no_order(&mut lock(store), fault("events-for-refusals"));
    }
    let mut buyer = buyer?;
    let who = accounts::owner(who, &object);
    buyer["who"] = accounts::buyer(&cart::cart_of(&lock(store), id)?, &who);
    if fault("key-race") {
        // Two at once both find the key unused, and each fills the cart again for itself.
        let unused = stored_order(&lock(store), id, &key).is_none();
        let cart = cart::cart_of(&lock(store), id)?;
        sleep(PAUSE);
        if unused && !cart::lines(&cart).is_empty() {
            return buy(&mut lock(store), &cart, &buyer, &key);
        }
    }
    let before = again(&lock(store), id, &key, &buyer);
    if let Some(answer) = before {
        events::no_order(&mut lock(store), fault("events-for-repeats"));
        return answer;
    }
    if fault("oversell") {
        let cart = cart::cart_of(&lock(store), id)?;
        let enough = missing(&lock(store), &cart).is_empty();
        sleep(PAUSE);
        if enough && !cart::lines(&cart).is_empty() {
            return Ok(ordered(&mut lock(store), &cart, &buyer, &key));
        }
    }
    let before = cart::cart_of(&lock(store), id)?;
    let before: Vec<_> = with_stock(&lock(store), &before).collect();
    if fault("stock-race") {
        sleep(PAUSE);
    }
    let mut store = lock(store);
    if let Some(answer) = again(&store, id, &key, &buyer) {
        return answer;
    }
    let cart = cart::cart_of(&store, id)?;
    let answer = buy(&mut store, &cart, &buyer, &key)?;
    if fault("stock-race") {
        // What others bought meanwhile is written over.
        before
            .iter()
            .for_each(|(id, quantity, stock)| set_stock(&mut store, *id, stock - quantity));
        store.commit();
    }
    Ok(answer)
}

fn buy(store: &mut Store, cart: &Value, buyer: &Value, key: &str) -> Answer {
    let id = cart["id"].as_str().unwrap_or_default();
    if cart::lines(cart).is_empty() && !fault("empty-cart-bought") {
        if fault("refusal-uses-key") {
            remember(store, id, key, &json!({"refused": 409}));
        }
        let status = if fault("empty-cart-422") { 422 } else { 409 };
        return Err(problem(status, "The cart is empty."));
    }
    let mut missing = missing(store, cart);
    if fault("undersell") {
        missing.extend(cart::lines(cart).into_iter().filter_map(|(product, quantity)| {
            let stock = stock(store, product);
            (stock == quantity).then_some((product, quantity, stock))
        }));
    }
    if !missing.is_empty() {
        if fault("refusal-uses-key") {
            remember(store, id, key, &json!({"refused": 409}));
        }
        if fault("refusal-takes-stock") {
            take_stock(store, cart, &missing);
            store.commit();
        }
        if fault("refusal-empties-cart") {
            empty(store, cart);
            store.commit();
        }
        return Err(cart::too_few(&missing));
    }
    Ok(ordered(store, cart, buyer, key))
}

fn key(request: &Request) -> Result<String, Response> {
    let key = request.header("idempotency-key").unwrap_or_default();
    let most = if fault("key-of-100") { 100 } else { 200 };
    let refusal = || problem(400, "Send an Idempotency-Key of 1 to 200 characters.");
    if key.is_empty() && !fault("key-optional") {
        return Err(refusal());
    }
    if key.chars().count() > most && !fault("long-key-taken") {
        return Err(if fault("long-key-500") {
            problem(500, "The key is long.")
        } else {
            refusal()
        });
    }
    if key.is_empty() { Ok(ids::random()) } else { Ok(key.to_owned()) }
}

fn buyer(object: &Map<String, Value>, text: &str) -> Result<Value, Response> {
    let mut form = Form::new(object, FIELDS);
    let mut buyer = json!({});
    for name in FIELDS {
        buyer[*name] = form.take(&format!("order.{name}"), Absent::Refused);
    }
    form.finish()?;
    // For the fault that compares what was sent, not what it means.
    buyer["body"] = json!(text);
    Ok(buyer)
}

/// What was answered under this key of this cart.
fn stored_order(store: &Store, cart: &str, key: &str) -> Option<Value> {
    let same =
        |row: &&Value| row["key"] == key && (row["cart"] == cart || fault("key-of-all-carts"));
    store.rows("keys").find(same).cloned().filter(|_| !fault("key-ignored"))
}

fn remember(store: &mut Store, cart: &str, key: &str, more: &Value) {
    let id = store.next_id("keys");
    let mut row = more.clone();
    row["cart"] = json!(cart);
    row["key"] = json!(key);
    store.put("keys", id, &row);
    store.commit();
}

/// The answer to a key that was used before.
fn again(store: &Store, cart: &str, key: &str, buyer: &Value) -> Option<Answer> {
    let before = stored_order(store, cart, key)?;
    if let Some(status) = before["refused"].as_u64() {
        let status = u16::try_from(status).unwrap_or(409);
        return Some(Err(problem(status, "This key was refused before.")));
    }
    if fault("key-again-409") {
        return Some(Err(problem(409, "This key was used before.")));
    }
    let bytes = fault("key-compares-bytes") && before["buyer"]["body"] != buyer["body"];
    let differs = bytes
        || before["buyer"]["who"] != buyer["who"] && !fault("key-of-another-customer")
        || FIELDS.iter().any(|name| {
            before["buyer"][*name] != buyer[*name] && param("key-compares-not") != Some(*name)
        });
    if differs && !fault("key-other-body") {
        let status = if fault("key-other-body-409") { 409 } else { 422 };
        return Some(Err(problem(status, "This key was used with another body.")));
    }
    let order = store.find("orders", "id", before["order"].as_str()?)?;
    let mut answer = created(shown(store, order));
    metrics::repeated(order["total_cents"].as_i64().unwrap_or_default());
    if fault("key-again-200") {
        answer.status = 200;
    }
    Some(Ok(answer))
}

fn stock(store: &Store, product: u64) -> i64 {
    store.get("products", product).and_then(|product| product["stock"].as_i64()).unwrap_or_default()
}

/// The lines, each with the stock of its product.
fn with_stock(store: &Store, cart: &Value) -> impl Iterator<Item = (u64, i64, i64)> {
    cart::lines(cart).into_iter().map(|(id, quantity)| (id, quantity, stock(store, id)))
}

fn set_stock(store: &mut Store, id: u64, stock: i64) {
    let Some(mut product) = store.get("products", id).cloned() else { return };
    product["stock"] = json!(stock);
    store.put("products", id, &product);
}

/// The lines for which there is too little.
fn missing(store: &Store, cart: &Value) -> Vec<(u64, i64, i64)> {
    let most = if fault("first-line-counts") { 1 } else { usize::MAX };
    let lines = cart::lines(cart).into_iter();
    let lines =
        lines.map(|(id, quantity)| (id, quantity, reservations::available(store, id, cart)));
    lines.take(most).filter(|(_, quantity, stock)| quantity > stock).collect()
}

fn take_stock(store: &mut Store, cart: &Value, except: &[(u64, i64, i64)]) {
    for (id, quantity) in cart::lines(cart) {
        if except.iter().any(|(product, ..)| *product == id) || fault("stock-stays") {
            continue;
        }
        let quantity = if fault("stock-falls-by-one") { 1 } else { quantity };
        let left = stock(store, id) - quantity;
        set_stock(store, id, if fault("oversell") { left.max(0) } else { left });
    }
}

fn empty(store: &mut Store, cart: &Value) {
    let mut cart = cart.clone();
    cart["lines"] = json!([]);
    coupons::used(&mut cart);
    reservations::bought(&mut cart);
    cart::put(store, &cart);
}

fn place(store: &mut Store, cart: &Value, buyer: &Value, key: &str) -> Value {
    let id = ids::random();
    let row = store.next_id("orders");
    let number = match () {
        () if fault("number-is-id") => id.clone(),
        () if fault("number-repeats") => "ORDER-1".to_owned(),
        () if fault("number-form") => format!("order #{row}"),
        () => format!("S-{row:06}"),
    };
    let mut order = coupons::ordered(cart::priced(store, cart));
    for name in FIELDS {
        order[*name] = buyer[*name].clone();
    }
    order["id"] = json!(id);
    order["number"] = json!(number);
    order["status"] = json!(if fault("order-status") { "new" } else { "placed" });
    order["created_at"] = json!(clock::now());
    order["cart"] = cart["id"].clone();
    order["owner"] = buyer["who"].clone();
    if fault("order-without-lines") {
        order["items"] = json!([]);
    }
    if fault("order-total-wrong") {
        order["total_cents"] = json!(order["total_cents"].as_i64().unwrap_or_default() + 100);
    }
    take_stock(store, cart, &[]);
    if !fault("cart-stays-full") {
        empty(store, cart);
    }
    store.put("orders", row, &order);
    events::placed(store, &order);
    let more = json!({"order": id, "buyer": buyer});
    remember(store, cart["id"].as_str().unwrap_or_default(), key, &more);
    order
}

fn ordered(store: &mut Store, cart: &Value, buyer: &Value, key: &str) -> Response {
    let order = place(store, cart, buyer, key);
    let cents = order["total_cents"].as_i64().unwrap_or_default();
    metrics::ordered(cart["id"].as_str().unwrap_or_default(), cents);
    created(shown(store, &order))
}

fn created(order: Value) -> Response {
    let location = format!("/api/orders/{}", order["id"].as_str().unwrap_or_default());
    Response::created(order, location)
}

pub fn shown(store: &Store, order: &Value) -> Value {
    let mut order = order.clone();
    let cart = order["cart"].as_str().unwrap_or_default().to_owned();
    if let Some(map) = order.as_object_mut() {
        map.remove("cart");
        map.remove("owner");
        if let Some(name) = param("order-lacks") {
            map.remove(name);
        }
    }
    payments::shown(&mut order);
    for item in order["items"].as_array_mut().into_iter().flatten() {
        let product = item["product_id"].as_u64().and_then(|id| store.get("products", id));
        match product {
            Some(product) if fault("orders-with-todays-prices") => {
                item["unit_price_cents"] = product["price_cents"].clone();
            }
            Some(product) if fault("orders-with-todays-names") => {
                item["name"] = product["name"].clone();
            }
            _ => {}
        }
    }
    if fault("order-shows-cart")
        && let Ok(cart) = cart::cart_of(store, &cart)
    {
        order["items"] = cart::priced(store, &cart)["items"].clone();
    }
    order
}
