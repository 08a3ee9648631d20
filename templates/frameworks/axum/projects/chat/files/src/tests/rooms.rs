//! Rooms and their history, without a socket.

use serde_json::json;

use super::TestApp;

async fn app_with(names: &[&str]) -> TestApp {
    let app = TestApp::new().await;
    for name in names {
        let answer = app.post("/api/rooms", &json!({ "name": name })).await;
        assert_eq!(answer.status, 201, "{name}");
    }
    app
}

#[tokio::test]
async fn rooms_are_listed_by_name() {
    let app = app_with(&["zoo", " a-1 "]).await;
    let list = app.get("/api/rooms").await.json();
    let names = [&list["items"][0]["name"], &list["items"][1]["name"]];
    assert_eq!(
        (&list["total"], names),
        (&json!(2), [&json!("a-1"), &json!("zoo")])
    );
    assert_eq!(
        app.get("/api/rooms?page=2&per_page=1").await.json()["items"][0]["name"],
        "zoo"
    );
    assert_eq!(app.get("/api/rooms/1").await.json(), list["items"][1]);
    let answer = app.post("/api/rooms", &json!({ "name": "b" })).await;
    assert_eq!(answer.header("location"), "/api/rooms/3");
}

#[tokio::test]
async fn a_name_is_taken_once_and_has_few_characters() {
    let app = app_with(&["zoo"]).await;
    assert_eq!(
        app.post("/api/rooms", &json!({ "name": "zoo" }))
            .await
            .status,
        409
    );
    let long = "x".repeat(41);
    for name in [
        json!(""),
        json!("A"),
        json!("a b"),
        json!("ä"),
        json!(long),
        json!(1),
        json!(null),
    ] {
        let answer = app.post("/api/rooms", &json!({ "name": name })).await;
        assert_eq!(answer.broken_fields(), ["name"], "{name}");
    }
    assert_eq!(
        app.post("/api/rooms", &json!({})).await.broken_fields(),
        ["name"]
    );
    assert_eq!(app.get("/api/rooms").await.json()["total"], 1);
}

#[tokio::test]
async fn what_is_asked_for_wrongly_is_a_problem() {
    let app = app_with(&["zoo"]).await;
    for path in ["0", "2", "x", "99999999999999999999"].map(|id| format!("/api/rooms/{id}")) {
        assert_eq!(app.get(&path).await.status, 404, "{path}");
        assert_eq!(
            app.get(&format!("{path}/messages")).await.status,
            404,
            "{path}"
        );
        assert_eq!(
            app.get(&format!("{path}/live?name=a")).await.status,
            404,
            "{path}"
        );
    }
    let history = app.get("/api/rooms/1/messages").await.json();
    assert_eq!(history, json!({ "items": [], "has_more": false }));
    let answer = app.get("/api/rooms/1/messages?before=0&limit=101").await;
    assert_eq!(answer.broken_fields(), ["before", "limit"]);
    assert_eq!(
        app.get("/api/rooms?page=0&per_page=x")
            .await
            .broken_fields(),
        ["page", "per_page"]
    );
}

#[tokio::test]
async fn without_an_upgrade_the_way_in_tells_what_it_needs() {
    let app = app_with(&["zoo"]).await;
    let answer = app.get("/api/rooms/1/live?name=Ada").await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("upgrade")),
        (426, "websocket")
    );
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let long = format!("name={}", "x".repeat(41));
    for query in ["", "name=", "name=%20", "name=a%07b", &long] {
        let answer = app.get(&format!("/api/rooms/1/live?{query}")).await;
        assert_eq!(answer.broken_fields(), ["name"], "{query}");
    }
}

#[tokio::test]
async fn while_another_program_writes_reads_go_on_and_writes_are_to_come_again() {
    let app = TestApp::new().await;
    let lock = app.lock_database().await;
    assert_eq!(app.get("/api/rooms").await.status, 200);
    let answer = app.post("/api/rooms", &json!({ "name": "a" })).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("retry-after")),
        (503, "1")
    );
    assert_eq!(answer.header("content-type"), "application/problem+json");
    drop(lock);
    assert_eq!(
        app.post("/api/rooms", &json!({ "name": "a" })).await.status,
        201
    );
}
