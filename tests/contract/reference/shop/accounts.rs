//! shop, milestone `accounts`: whose cart and whose order is whose.

use super::admin;
use super::api::{Answer, lock};
use super::cart;
use super::checkout::shown;
use crate::reference::faults::fault;
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::list::Query;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::problem;
use crate::reference::store::Store;
use crate::reference::token_accounts as accounts;
use serde_json::{Map, Value};
use std::sync::Mutex;

/// Who asks for a cart or an order: null for a guest, else a customer's id.
///
/// # Errors
/// 401 for a bad token.
pub fn asker(store: &Mutex<Store>, request: &Request, path: &[&str]) -> Result<Value, Response> {
    let for_whom = matches!(path, ["api", "carts" | "orders", ..]);
    if !learner::has("accounts") || !for_whom {
        return Ok(Value::Null);
    }
    let who = accounts::asker(store, request);
    who.map_err(|refusal| accounts::before_token(request, path).unwrap_or(refusal))
}

/// The answer, if the address is one of this milestone, or the refusal.
pub fn answer(
    store: &Mutex<Store>,
    request: &Request,
    path: &[&str],
    who: &Value,
) -> Option<Answer> {
    if !learner::has("accounts") {
        return None;
    }
    match (path, request.method.as_str()) {
        (["api", "users" | "sessions"], _) => accounts::answer(store, request, path),
        (["api", "orders"], "GET" | "HEAD") => Some(orders(&lock(store), request, who)),
        (["api", "carts"], _) if fault("guests-shut-out") && who.is_null() => {
            Some(Err(accounts::unauthorized()))
        }
        (["api", "carts", id, ..], method) => {
            let there = cart::cart_of(&lock(store), id).ok()?;
            let reads = method == "GET";
            let open = fault("customers-cart-readable") && reads
                || fault("customers-cart-writable") && !reads
                || fault("customers-cart-by-its-id") && who.is_null();
            let closed = fault("customers-cart-closed") && is_customers(&there);
            (!is_of(&there, who) && !open || closed).then(|| Err(ids::absent()))
        }
        (["api", "orders", id], _) => {
            let order = lock(store).find("orders", "id", id).cloned()?;
            if order["owner"].is_null() && !who.is_null() && fault("guests-order-closed") {
                return Some(Err(ids::absent()));
            }
            let staff = fault("staff-read-orders") && admin::is_staff(&lock(store), who);
            let open = staff
                || fault("customers-order-readable") && !who.is_null()
                || fault("customers-order-by-its-id") && who.is_null();
            let closed = fault("customers-order-closed") && is_customers(&order);
            if (is_of(&order, who) || open) && !closed {
                return None;
            }
            let is_403 = fault("customers-order-403");
            Some(Err(if is_403 { problem(403, "Not yours.") } else { ids::absent() }))
        }
        _ => None,
    }
}

/// Whether it is a guest's, for whoever has its id, or this customer's.
fn is_of(row: &Value, who: &Value) -> bool {
    row["owner"].is_null() || row["owner"] == *who
}

fn is_customers(row: &Value) -> bool {
    !row["owner"].is_null()
}

/// Who owns what is made by this request.
pub fn owner(who: &Value, sent: &Map<String, Value>) -> Value {
    match sent.get("user_id") {
        Some(id) if fault("owner-by-body") => id.clone(),
        _ => who.clone(),
    }
}

/// Who owns the order of this cart.
pub fn buyer(cart: &Value, who: &Value) -> Value {
    if fault("guests-cart-stays-guests") { cart["owner"].clone() } else { who.clone() }
}

fn orders(store: &Store, request: &Request, who: &Value) -> Answer {
    if who.is_null() && !fault("orders-for-guests") {
        return Err(accounts::unauthorized());
    }
    let mut query = Query::new(request, &["page", "per_page"]);
    let page = query.page();
    query.finish()?;
    let user = who.as_u64().and_then(|id| store.get("users", id));
    let address = user.map(|user| user["key"].clone()).filter(|_| fault("orders-by-address"));
    let own = |order: &&Value| {
        order["owner"] == *who
            || address.is_some() && address.as_ref() == Some(&order["email"])
            || fault("orders-of-all")
    };
    let mut own: Vec<Value> =
        store.rows("orders").filter(own).map(|order| shown(store, order)).collect();
    if !fault("orders-oldest-first") {
        own.reverse();
    }
    let count = own.len();
    Ok(page.answer(own, count))
}
