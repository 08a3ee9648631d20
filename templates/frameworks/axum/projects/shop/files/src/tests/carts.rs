//! Carts: fill, change, empty.

use serde_json::{Value, json};

use super::{Answer, TestApp};

async fn new_cart(app: &TestApp) -> String {
    let answer = app.send_raw("POST", "/api/carts", "", "").await;
    assert_eq!(answer.status, 201);
    answer.header("location").to_owned()
}

async fn put(app: &TestApp, cart: &str, product: i64, quantity: i64) -> Answer {
    app.send(
        "PUT",
        &format!("{cart}/items/{product}"),
        &json!({ "quantity": quantity }),
    )
    .await
}

#[tokio::test]
async fn a_new_cart_is_empty_and_its_id_is_not_to_be_guessed() {
    let app = TestApp::new().await;
    let (one, other) = (new_cart(&app).await, new_cart(&app).await);
    let cart = app.get(&one).await.json();
    let id = cart["id"].as_str().unwrap();
    assert_eq!(one, format!("/api/carts/{id}"));
    assert!(id.len() == 32 && one != other);
    assert_eq!(
        cart,
        json!({ "id": id, "currency": "EUR", "items": [], "total_cents": 0 })
    );
}

#[tokio::test]
async fn a_cart_adds_up_in_the_order_of_adding() {
    let app = TestApp::new().await;
    let cart = new_cart(&app).await;
    let price = async |id: i64| {
        let product = app.get(&format!("/api/products/{id}")).await.json();
        product["price_cents"].as_i64().unwrap()
    };
    let (two, nine) = (price(2).await, price(9).await);
    assert_eq!(put(&app, &cart, 9, 1).await.status, 200);
    put(&app, &cart, 2, 3).await;
    let answer = put(&app, &cart, 9, 2).await.json();
    assert_eq!(answer["total_cents"], 2 * nine + 3 * two);
    let line = &answer["items"][0];
    assert_eq!(
        line["product_id"], 9,
        "a new quantity leaves a product at its place"
    );
    assert_eq!(
        (&line["unit_price_cents"], &line["line_total_cents"]),
        (&json!(nine), &json!(2 * nine))
    );
    assert_eq!(app.get(&cart).await.json(), answer);

    assert_eq!(
        put(&app, &cart, 9, 0).await.json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let emptied = app
        .send("DELETE", &format!("{cart}/items/2"), &Value::Null)
        .await;
    assert_eq!(
        (emptied.status.as_u16(), &emptied.json()["items"]),
        (200, &json!([]))
    );
    assert_eq!(
        app.send("DELETE", &format!("{cart}/items/2"), &Value::Null)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn more_than_there_is_does_not_go_into_a_cart() {
    let app = TestApp::new().await;
    let cart = new_cart(&app).await;
    let few = app.get("/api/products?q=teapot").await.json()["items"][0].clone();
    let (id, stock) = (few["id"].as_i64().unwrap(), few["stock"].as_i64().unwrap());
    let answer = put(&app, &cart, id, stock + 1).await;
    assert_eq!(answer.status, 409);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let shortage = json!({ "product_id": id, "requested": stock + 1, "available": stock });
    assert_eq!(answer.json()["items"], json!([shortage]));
    assert_eq!(app.get(&cart).await.json()["items"], json!([]));
    assert_eq!(put(&app, &cart, id, stock).await.status, 200);
}

#[tokio::test]
async fn a_quantity_is_a_whole_number_from_0_to_99() {
    let app = TestApp::new().await;
    let cart = new_cart(&app).await;
    let item = format!("{cart}/items/3");
    for quantity in [
        json!(-1),
        json!(100),
        json!(1.5),
        json!("1"),
        json!(true),
        Value::Null,
    ] {
        let answer = app
            .send("PUT", &item, &json!({ "quantity": quantity }))
            .await;
        assert_eq!(answer.broken_fields(), ["quantity"], "{quantity}");
    }
    assert_eq!(
        app.send("PUT", &item, &json!({})).await.broken_fields(),
        ["quantity"]
    );
    assert_eq!(app.send_raw("PUT", &item, "", "{}").await.status, 415);
    assert_eq!(
        app.send_raw("PUT", &item, "application/json", "{")
            .await
            .status,
        400
    );
    assert_eq!(put(&app, &cart, 3, 99).await.status, 200);
    let same = app.send("PUT", &item, &json!({ "quantity": 2.0 })).await;
    assert_eq!(same.json()["items"][0]["quantity"], 2);
}

#[tokio::test]
async fn what_is_not_there_cannot_be_put_anywhere() {
    let app = TestApp::new().await;
    let cart = new_cart(&app).await;
    for path in [
        "/api/carts/none".to_owned(),
        format!("{cart}x"),
        "/api/carts/%00".to_owned(),
    ] {
        assert_eq!(app.get(&path).await.status, 404, "{path}");
        assert_eq!(put(&app, &path, 1, 1).await.status, 404, "{path}");
        assert_eq!(
            app.send("DELETE", &format!("{path}/items/1"), &Value::Null)
                .await
                .status,
            404,
            "{path}"
        );
    }
    for product in [0, 99] {
        assert_eq!(put(&app, &cart, product, 1).await.status, 404, "{product}");
    }
}

#[tokio::test]
async fn while_another_program_writes_reads_go_on_and_writes_are_to_come_again() {
    let app = TestApp::new().await;
    let lock = app.lock_database().await;
    assert_eq!(app.get("/api/products").await.status, 200);
    let answer = app.send_raw("POST", "/api/carts", "", "").await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("retry-after")),
        (503, "1")
    );
    assert_eq!(answer.header("content-type"), "application/problem+json");
    drop(lock);
    assert_eq!(app.send_raw("POST", "/api/carts", "", "").await.status, 201);
}
