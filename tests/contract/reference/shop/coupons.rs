//! shop, milestone `coupons`: a code that takes a tenth off.

use super::api::Answer;
use super::cart;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{Errors, invalid, problem};
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};

const CODE: &str = "WELCOME10";
/// Whether some cart has the coupon, for the fault that gives it to all.
static ANY: AtomicBool = AtomicBool::new(false);

/// What a fault makes of what an earlier start stored.
pub fn begin(store: &mut Store) {
    if !fault("coupon-lost-at-restart") {
        return;
    }
    for mut cart in store.rows("carts").cloned().collect::<Vec<_>>() {
        cart["coupon"] = Value::Null;
        cart::put(store, &cart);
    }
    store.commit();
}

pub fn set(store: &mut Store, request: &Request, id: &str) -> Answer {
    let mut cart = cart::cart_of(store, id)?;
    let object = body::object(request)?;
    let sent = object.get("code");
    if sent.is_some_and(|code| !code.is_string()) && fault("coupon-type-500") {
        return Err(problem(500, "The code has no method `trim`."));
    }
    let typed = sent.and_then(Value::as_str).unwrap_or_default();
    let code = if fault("coupon-untrimmed") { typed } else { typed.trim() };
    let known = match () {
        () if fault("coupon-with-case") => code == CODE,
        () if fault("coupon-of-any-code") => !code.is_empty(),
        () => code.eq_ignore_ascii_case(CODE),
    };
    if !known {
        return refused(store, cart);
    }
    let code = if fault("coupon-as-typed") { code } else { CODE };
    let before = cart["tenths"].as_i64().filter(|_| fault("coupon-doubled")).unwrap_or(0);
    cart["coupon"] = json!(code);
    cart["tenths"] = json!(before + 1);
    cart["fixed"] = json!(cart::priced(store, &cart)["discount_cents"]);
    ANY.store(true, Ordering::SeqCst);
    cart::put(store, &cart);
    store.commit();
    Ok(Response::json(200, cart::whole(store, &cart)))
}

fn refused(store: &mut Store, mut cart: Value) -> Answer {
    if fault("coupon-refusal-removes") {
        cart["coupon"] = Value::Null;
        cart::put(store, &cart);
        store.commit();
    }
    match () {
        () if fault("coupon-unknown-200") => Ok(Response::json(200, cart::whole(store, &cart))),
        () if fault("coupon-unknown-404") => Err(ids::absent()),
        () if fault("coupon-unnamed") => Err(invalid(Errors::new())),
        () => {
            let message = vec!["is no code of this shop".to_owned()];
            Err(invalid(Errors::from([("code".to_owned(), message)])))
        }
    }
}

pub fn remove(store: &mut Store, id: &str) -> Answer {
    let mut cart = cart::cart_of(store, id)?;
    if cart["coupon"].is_null() && !fault("coupon-absent-200") {
        return Err(ids::absent());
    }
    if !fault("coupon-stays-after-delete") {
        cart["coupon"] = Value::Null;
        cart::put(store, &cart);
        store.commit();
    }
    if fault("coupon-delete-204") {
        return Ok(Response::empty(204));
    }
    Ok(Response::json(200, cart::whole(store, &cart)))
}

/// The coupon of a cart that was bought.
pub fn used(cart: &mut Value) {
    if !fault("coupon-stays-after-purchase") {
        cart["coupon"] = Value::Null;
    }
}

/// What a cart says of its lines, less the discount.
pub fn priced(mut shown: Value, cart: &Value) -> Value {
    if !learner::has("coupons") {
        return shown;
    }
    let mut code = cart["coupon"].clone();
    if fault("coupon-of-all-carts") && ANY.load(Ordering::SeqCst) {
        code = json!(CODE);
    }
    if code.is_null() && fault("coupon-fields-missing") {
        return shown;
    }
    let sum = shown["total_cents"].as_i64().unwrap_or_default();
    let tenths = cart["tenths"].as_i64().unwrap_or(1).max(1);
    let discount = match () {
        () if code.is_null() => 0,
        () if fault("coupon-of-10-cents") => sum.min(10),
        () if fault("coupon-fixed") && cart["fixed"].is_i64() => {
            cart["fixed"].as_i64().unwrap_or_default()
        }
        () => sum / 10 * tenths,
    };
    if fault("coupon-in-lines") && !code.is_null() {
        for line in shown["items"].as_array_mut().into_iter().flatten() {
            line["line_total_cents"] =
                json!(line["line_total_cents"].as_i64().unwrap_or(0) * 9 / 10);
        }
    }
    let total = if fault("coupon-not-taken-off") { sum } else { sum - discount };
    shown["coupon"] = code;
    shown["discount_cents"] = json!(discount);
    shown["total_cents"] = json!(total);
    shown
}

/// What an order takes over of a cart.
pub fn ordered(mut order: Value) -> Value {
    if fault("coupon-order-in-full") {
        let sum = order["total_cents"].as_i64().unwrap_or(0);
        order["total_cents"] = json!(sum + order["discount_cents"].as_i64().unwrap_or(0));
    }
    if let (Some(map), true) = (order.as_object_mut(), fault("coupon-not-in-order")) {
        map.remove("coupon");
        map.remove("discount_cents");
    }
    order
}
