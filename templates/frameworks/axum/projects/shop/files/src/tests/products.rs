//! The catalogue: what the shop opens with, filters, orders, pages.

use serde_json::{Value, json};

use super::TestApp;

/// One field of all products that a query finds.
async fn listed(app: &TestApp, field: &str, query: &str) -> Vec<Value> {
    let answer = app
        .get(&format!("/api/products?per_page=100&{query}"))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let list = answer.json();
    let items = list["items"].as_array().expect("items");
    items.iter().map(|product| product[field].clone()).collect()
}

fn sorted_by<K: Ord>(mut values: Vec<Value>, key: impl Fn(&Value) -> K) -> Vec<Value> {
    values.sort_by_key(key);
    values
}

#[tokio::test]
async fn the_shop_opens_with_what_products_json_says() {
    let app = TestApp::new().await;
    let file: Value = serde_json::from_str(include_str!("../../products.json")).unwrap();
    let products = file["products"].as_array().unwrap();
    let list = app.get("/api/products?per_page=100&order=asc").await.json();
    assert_eq!(list["total"], products.len());
    for (stored, product) in list["items"].as_array().unwrap().iter().zip(products) {
        for (name, value) in product.as_object().unwrap() {
            assert_eq!(&stored[name], value, "{name}");
        }
        assert_eq!(stored["currency"], file["currency"]);
        assert_eq!(
            &app.get(&format!("/api/products/{}", stored["id"]))
                .await
                .json(),
            stored
        );
    }
}

#[tokio::test]
async fn the_newest_product_is_first_unless_another_order_is_asked_for() {
    let app = TestApp::new().await;
    let newest = sorted_by(listed(&app, "id", "").await, |id| -id.as_i64().unwrap());
    assert_eq!(listed(&app, "id", "").await, newest);
    assert_eq!(listed(&app, "id", "sort=newest").await, newest);
    let oldest: Vec<_> = newest.into_iter().rev().collect();
    assert_eq!(listed(&app, "id", "order=asc").await, oldest);

    let prices = listed(&app, "price_cents", "sort=price").await;
    assert_eq!(
        prices,
        sorted_by(prices.clone(), |price| price.as_i64().unwrap())
    );
    let names = listed(&app, "name", "sort=name").await;
    let alphabet = |name: &Value| name.as_str().unwrap().to_ascii_lowercase();
    assert_eq!(names, sorted_by(names.clone(), alphabet));
    for sort in ["price", "name"] {
        let ids = listed(&app, "id", &format!("sort={sort}")).await;
        let mut reversed = listed(&app, "id", &format!("sort={sort}&order=desc")).await;
        reversed.reverse();
        assert_eq!(ids, reversed, "ties go by id in the same direction");
    }
}

#[tokio::test]
async fn filters_narrow_the_list_together() {
    let app = TestApp::new().await;
    let categories = app.get("/api/categories").await.json();
    let names = categories["items"].as_array().unwrap();
    let alphabet = sorted_by(names.clone(), |name| name.as_str().unwrap().to_owned());
    assert_eq!((names.len(), names), (4, &alphabet));
    let garden = listed(&app, "category", "category=Garden").await;
    assert!(!garden.is_empty() && garden.iter().all(|category| category == "Garden"));
    assert_eq!(
        listed(&app, "id", "category=garden").await,
        [Value::Null; 0]
    );

    let priced = listed(&app, "price_cents", "min_price=1290&max_price=1590").await;
    assert!(priced.contains(&json!(1290)) && priced.contains(&json!(1590)));
    assert!(
        priced
            .iter()
            .all(|price| (1290..=1590).contains(&price.as_i64().unwrap()))
    );
    let in_stock = listed(&app, "stock", "in_stock=true").await;
    assert!(in_stock.iter().all(|stock| stock.as_i64() > Some(0)));
    assert!(in_stock.len() < listed(&app, "stock", "").await.len());

    let found = listed(&app, "name", "q=TEAPOT&category=Kitchen").await;
    assert_eq!(found, ["Stoneware Teapot"]);
    assert_eq!(listed(&app, "name", "q=%25").await, [Value::Null; 0]);
}

#[tokio::test]
async fn what_is_asked_for_wrongly_is_a_problem() {
    let app = TestApp::new().await;
    let query = "min_price=-1&max_price=1.5&in_stock=false&sort=id&order=up&page=0&per_page=101";
    let answer = app
        .get(&format!("/api/products?{query}&q=%00&category=%00"))
        .await;
    let all = [
        "category",
        "in_stock",
        "max_price",
        "min_price",
        "order",
        "page",
        "per_page",
        "q",
        "sort",
    ];
    assert_eq!(answer.broken_fields(), all);
    for id in ["0", "x", "99", "99999999999999999999"] {
        assert_eq!(
            app.get(&format!("/api/products/{id}")).await.status,
            404,
            "{id}"
        );
    }
}
