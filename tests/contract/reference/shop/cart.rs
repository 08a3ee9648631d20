//! shop: carts.

use super::accounts;
use super::api::Answer;
use super::coupons;
use super::reservations;
use crate::reference::faults::{fault, param};
use crate::reference::form::{Absent, Form};
use crate::reference::ids;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{problem, problem_with};
use crate::reference::store::Store;
use serde_json::{Value, json};

pub fn create(store: &mut Store, request: &Request, who: &Value) -> Response {
    if fault("cart-needs-body")
        && let Err(refusal) = body::object(request)
    {
        return refusal;
    }
    if fault("cart-body-500") && !request.body.is_empty() {
        return problem(500, "There is a body.");
    }
    if fault("one-cart-for-all")
        && let Some(cart) = store.rows("carts").next()
    {
        let location = format!("/api/carts/{}", cart["id"].as_str().unwrap_or_default());
        return Response::created(whole(store, cart), location);
    }
    let key = store.next_id("carts");
    let id = ids::random();
    let sent = body::object(request).unwrap_or_default();
    let owner = accounts::owner(who, &sent);
    let cart = json!({"key": key, "id": id, "lines": [], "owner": owner});
    store.put("carts", key, &cart);
    store.commit();
    Response::created(whole(store, &cart), format!("/api/carts/{id}"))
}

/// The cart of this id, as it is stored.
pub fn cart_of(store: &Store, id: &str) -> Result<Value, Response> {
    store.find("carts", "id", id).cloned().ok_or_else(ids::absent)
}

pub fn put(store: &mut Store, cart: &Value) {
    store.put("carts", cart["key"].as_u64().unwrap_or_default(), cart);
}

pub fn get(store: &Store, id: &str) -> Answer {
    Ok(Response::json(200, whole(store, &cart_of(store, id)?)))
}

pub fn set(store: &mut Store, request: &Request, id: &str, product: &str) -> Answer {
    let mut cart = cart_of(store, id)?;
    let product = ids::parse(product)?;
    let known = store.get("products", product).cloned();
    if known.is_none() {
        if fault("unknown-product-422") {
            return Err(problem(422, "There is no such product."));
        }
        if fault("unknown-product-500") {
            return Err(problem(500, "FOREIGN KEY constraint failed."));
        }
    }
    known.ok_or_else(ids::absent)?;
    let object = body::object(request)?;
    if fault("float-500") && object.get("quantity").is_some_and(Value::is_f64) {
        return Err(problem(500, "The number is no integer."));
    }
    let mut form = Form::new(&object, &["quantity"]);
    let quantity = form.take("item.quantity", Absent::Refused);
    if let Err(refusal) = form.finish() {
        if fault("invalid-stored") {
            change(&mut cart, product, 1);
            put(store, &cart);
            store.commit();
        }
        return Err(refusal);
    }
    let mut quantity = quantity.as_i64().unwrap_or_default();
    if fault("quantity-adds") {
        quantity += quantity_of(&cart, product).unwrap_or(0);
    }
    if quantity == 0 && fault("quantity-0-refused") {
        return Err(problem(422, "The quantity is too small."));
    }
    let available = reservations::available(store, product, &cart);
    let most = if fault("last-one-refused") { available - 1 } else { available };
    if quantity > most && quantity > 0 && !fault("more-than-stock-in-cart") {
        if fault("refused-quantity-set") {
            change(&mut cart, product, quantity);
            put(store, &cart);
            store.commit();
        }
        return Err(too_few(&[(product, quantity, available)]));
    }
    change(&mut cart, product, quantity);
    reservations::changed(&mut cart);
    put(store, &cart);
    store.commit();
    if fault("set-204") {
        return Ok(Response::empty(204));
    }
    Ok(Response::json(200, whole(store, &cart)))
}

pub fn remove(store: &mut Store, id: &str, product: &str) -> Answer {
    let mut cart = cart_of(store, id)?;
    let product = ids::parse(product)?;
    if quantity_of(&cart, product).is_none() && !fault("absent-line-200") {
        return Err(ids::absent());
    }
    if !fault("line-stays") {
        change(&mut cart, product, 0);
        reservations::changed(&mut cart);
        if fault("removal-empties-cart") {
            cart["lines"] = json!([]);
        }
        put(store, &cart);
        store.commit();
    }
    if fault("remove-204") {
        return Ok(Response::empty(204));
    }
    Ok(Response::json(200, whole(store, &cart)))
}

/// The refusal if there is too little stock: product, requested, available.
pub fn too_few(items: &[(u64, i64, i64)]) -> Response {
    let item = |(product, requested, there): &(u64, i64, i64)| {
        let there = if fault("available-wrong") { there + 1 } else { *there };
        let requested = if fault("requested-wrong") { requested + 1 } else { *requested };
        json!({"product_id": product, "requested": requested, "available": there})
    };
    let items: Vec<Value> = items.iter().map(item).collect();
    let status = if fault("too-few-422") { 422 } else { 409 };
    let detail = "There is not enough in stock.";
    if fault("too-few-lacks-items") {
        return problem(status, detail);
    }
    problem_with(status, detail, "items", json!(items))
}

fn position(cart: &Value, product: u64) -> Option<usize> {
    cart["lines"].as_array()?.iter().position(|line| line[0] == product)
}

fn quantity_of(cart: &Value, product: u64) -> Option<i64> {
    cart["lines"][position(cart, product)?][1].as_i64()
}

fn change(cart: &mut Value, product: u64, quantity: i64) {
    let at = position(cart, product);
    let Some(lines) = cart["lines"].as_array_mut() else { return };
    match at {
        Some(at) if quantity == 0 && !fault("zero-line-stays") => drop(lines.remove(at)),
        Some(at) if fault("changed-line-moves") => {
            lines.remove(at);
            lines.push(json!([product, quantity]));
        }
        Some(_) if fault("changed-line-doubled") => lines.push(json!([product, quantity])),
        Some(at) => lines[at][1] = json!(quantity),
        None if quantity == 0 && !fault("zero-line-stays") => {}
        None if fault("lines-by-product") => {
            lines.push(json!([product, quantity]));
            lines.sort_by_key(|line| line[0].as_u64());
        }
        None if fault("newest-line-first") => lines.insert(0, json!([product, quantity])),
        None => lines.push(json!([product, quantity])),
    }
}

/// The lines as product and quantity.
pub fn lines(cart: &Value) -> Vec<(u64, i64)> {
    let lines = cart["lines"].as_array().into_iter().flatten();
    lines.map(|line| (line[0].as_u64().unwrap_or(0), line[1].as_i64().unwrap_or(0))).collect()
}

/// What a cart and an order say of their lines: currency, items, total.
pub fn priced(store: &Store, cart: &Value) -> Value {
    let mut total = 0;
    let mut items = Vec::new();
    for (id, quantity) in lines(cart) {
        let Some(product) = store.get("products", id) else { continue };
        let was = product.get("was").filter(|_| fault("carts-with-old-prices"));
        let price = was.unwrap_or(&product["price_cents"]).as_i64().unwrap_or_default();
        let line = if fault("line-total-wrong") { price } else { price * quantity };
        total += if fault("total-of-units") { price } else { price * quantity };
        let mut item = json!({
            "product_id": id,
            "name": product["name"],
            "quantity": quantity,
            "unit_price_cents": price,
            "line_total_cents": line,
        });
        if let (Some(name), Some(map)) = (param("line-lacks"), item.as_object_mut()) {
            map.remove(name);
        }
        items.push(item);
    }
    let currency =
        store.rows("products").next().map_or(Value::Null, |product| product["currency"].clone());
    coupons::priced(json!({"currency": currency, "items": items, "total_cents": total}), cart)
}

pub fn whole(store: &Store, cart: &Value) -> Value {
    let mut shown = priced(store, cart);
    shown["id"] = cart["id"].clone();
    reservations::shown(cart, &mut shown);
    if let (Some(name), Some(map)) = (param("cart-lacks"), shown.as_object_mut()) {
        map.remove(name);
    }
    shown
}
