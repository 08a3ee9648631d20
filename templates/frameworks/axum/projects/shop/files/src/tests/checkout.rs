//! The checkout: all or nothing, nothing twice.

use std::collections::HashSet;

use axum::http::Request;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{Answer, TestApp};
use crate::domain::order::email;

/// Five of it are in stock at first.
const TEAPOT: i64 = 5;

fn ada() -> Value {
    json!({ "email": " ada@example.com ", "name": "Ada", "address": "12 St James's Square\nLondon" })
}

async fn cart_with(app: &TestApp, product: i64, quantity: i64) -> String {
    let cart = app
        .send_raw("POST", "/api/carts", "", "")
        .await
        .header("location")
        .to_owned();
    let item = format!("{cart}/items/{product}");
    assert_eq!(
        app.send("PUT", &item, &json!({ "quantity": quantity }))
            .await
            .status,
        200
    );
    cart
}

async fn check_out(app: &TestApp, cart: &str, key: &str, buyer: &Value) -> Answer {
    let request = Request::post(format!("{cart}/checkout"))
        .header("content-type", "application/json")
        .header("idempotency-key", key);
    app.answer(request.body(buyer.to_string().into()).expect("a request"))
        .await
}

async fn stock(app: &TestApp) -> i64 {
    let product = app.get(&format!("/api/products/{TEAPOT}")).await.json();
    product["stock"].as_i64().expect("a stock")
}

#[tokio::test]
async fn a_purchase_takes_from_the_stock_and_empties_the_cart() {
    let app = TestApp::new().await;
    let cart = cart_with(&app, TEAPOT, 2).await;
    let before = app.get(&cart).await.json();
    let answer = check_out(&app, &cart, "k", &ada()).await;
    assert_eq!(answer.status, 201);
    let order = answer.json();
    assert_eq!(
        answer.header("location"),
        format!("/api/orders/{}", order["id"].as_str().unwrap())
    );
    for name in ["items", "total_cents", "currency"] {
        assert_eq!(order[name], before[name], "{name}");
    }
    let texts = ["number", "status", "email", "name", "address"].map(|name| &order[name]);
    let address = &ada()["address"];
    assert_eq!(
        json!(texts),
        json!(["S-000001", "placed", "ada@example.com", "Ada", address])
    );
    assert_eq!(app.get(answer.header("location")).await.json(), order);
    assert_eq!(stock(&app).await, 3);
    assert_eq!(app.get(&cart).await.json()["items"], json!([]));
    assert_eq!(app.get("/api/orders/none").await.status, 404);
}

#[tokio::test]
async fn of_twenty_buyers_at_once_five_get_the_five_that_there_are() {
    let app = TestApp::new().await;
    let mut carts = Vec::new();
    for _ in 0..20 {
        carts.push(cart_with(&app, TEAPOT, 1).await);
    }
    let mut buyers = JoinSet::new();
    for cart in carts {
        let app = app.clone();
        buyers.spawn(async move { check_out(&app, &cart, "k", &ada()).await });
    }
    let answers = buyers.join_all().await;
    let (bought, refused): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == 201);
    assert_eq!((bought.len(), refused.len()), (5, 15));
    let numbers: HashSet<_> = bought
        .iter()
        .map(|answer| answer.json()["number"].to_string())
        .collect();
    assert_eq!(numbers.len(), 5);
    let shortage = json!([{ "product_id": TEAPOT, "requested": 1, "available": 0 }]);
    for answer in refused {
        assert_eq!(answer.status, 409);
        assert_eq!(answer.json()["items"], shortage);
    }
    assert_eq!(stock(&app).await, 0);
}

#[tokio::test]
async fn one_key_makes_one_order_however_often_it_is_sent() {
    let app = TestApp::new().await;
    let cart = cart_with(&app, TEAPOT, 1).await;
    let mut tries = JoinSet::new();
    for _ in 0..10 {
        let (app, cart) = (app.clone(), cart.clone());
        tries.spawn(async move { check_out(&app, &cart, "k", &ada()).await });
    }
    let answers = tries.join_all().await;
    assert!(answers.iter().all(|answer| answer.status == 201));
    let orders: HashSet<_> = answers.iter().map(|answer| &answer.text).collect();
    assert_eq!((orders.len(), stock(&app).await), (1, 4));

    let mut other = ada();
    other["name"] = json!("Grace");
    assert_eq!(
        check_out(&app, &cart, "k", &other).await.broken_fields(),
        ["name"]
    );
    let other_cart = cart_with(&app, TEAPOT, 1).await;
    let second = check_out(&app, &other_cart, "k", &ada()).await;
    assert!(
        second.status == 201 && !orders.contains(&second.text),
        "a key belongs to one cart"
    );
}

#[tokio::test]
async fn a_refusal_changes_nothing_and_uses_no_key_up() {
    let app = TestApp::new().await;
    let cart = cart_with(&app, TEAPOT, 5).await;
    let rival = cart_with(&app, TEAPOT, 1).await;
    assert_eq!(check_out(&app, &rival, "k", &ada()).await.status, 201);
    let before = app.get(&cart).await.json();
    let refused = check_out(&app, &cart, "k", &ada()).await;
    assert_eq!(refused.status, 409);
    let shortage = json!([{ "product_id": TEAPOT, "requested": 5, "available": 4 }]);
    assert_eq!(refused.json()["items"], shortage);
    assert_eq!(
        (app.get(&cart).await.json(), stock(&app).await),
        (before, 4)
    );

    app.send(
        "PUT",
        &format!("{cart}/items/{TEAPOT}"),
        &json!({ "quantity": 4 }),
    )
    .await;
    assert_eq!(check_out(&app, &cart, "k", &json!({})).await.status, 422);
    assert_eq!(check_out(&app, &cart, "k", &ada()).await.status, 201);
    let empty = check_out(&app, &cart, "another", &ada()).await;
    assert_eq!(
        (empty.status.as_u16(), &empty.json()["items"]),
        (409, &Value::Null)
    );
}

#[tokio::test]
async fn a_checkout_needs_a_key_and_a_whole_buyer() {
    let app = TestApp::new().await;
    let cart = cart_with(&app, TEAPOT, 1).await;
    let all = ["address", "email", "name"];
    for buyer in [
        json!({}),
        json!({ "email": 1, "name": null, "address": [] }),
        json!({ "email": "ada", "name": " ", "address": " \n" }),
        json!({ "email": "a@b.c@d", "name": "x".repeat(121), "address": "x".repeat(501) }),
    ] {
        let answer = check_out(&app, &cart, "k", &buyer).await;
        assert_eq!(answer.broken_fields(), all, "{buyer}");
    }
    for key in ["", " ", "ü", &"x".repeat(201)] {
        assert_eq!(check_out(&app, &cart, key, &ada()).await.status, 400);
    }
    let path = format!("{cart}/checkout");
    assert_eq!(
        app.post(&path, &ada()).await.status,
        400,
        "without the header"
    );
    assert_eq!(
        check_out(&app, "/api/carts/none", "k", &ada()).await.status,
        404
    );
    assert_eq!(
        check_out(&app, &cart, &"~".repeat(200), &ada())
            .await
            .status,
        201
    );
}

#[test]
fn an_email_has_one_at_sign_before_a_dotted_name() {
    for good in ["a@b.c", " ada.l+x@mail.example.com ", "ü@ä.ö"] {
        assert_eq!(email(&json!(good)), Ok(good.trim().to_owned()));
    }
    for bad in [
        "", "a", "a@b", "@b.c", "a@b.", "a@.c", "a@b..c", "a@b@c.d", "a b@c.d", "a@b c.d",
    ] {
        assert!(email(&json!(bad)).is_err(), "{bad}");
    }
    let long = format!("{}@b.c", "a".repeat(250));
    assert!(email(&json!(long)).is_ok());
    assert!(email(&json!(format!("a{long}"))).is_err());
}
