//! The list of posts: order, filters, pages.

use serde_json::{Value, json};

use super::TestApp;

async fn write(app: &TestApp, title: &str, body: &str, tags: &[&str]) {
    let post = json!({ "title": title, "body": body, "tags": tags, "published": true });
    assert_eq!(app.post("/api/posts", &post).await.status, 201);
}

async fn titles(app: &TestApp, query: &str) -> Vec<String> {
    let answer = app.get(&format!("/api/posts?{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let list = answer.json();
    let items = list["items"].as_array().expect("items");
    let title = |post: &Value| post["title"].as_str().unwrap_or_default().to_owned();
    items.iter().map(title).collect()
}

#[tokio::test]
async fn the_last_published_is_first_and_drafts_are_not_listed() {
    let app = TestApp::new().await;
    app.post("/api/posts", &json!({ "title": "late", "body": "x" }))
        .await;
    app.post("/api/posts", &json!({ "title": "draft", "body": "x" }))
        .await;
    write(&app, "a", "x", &[]).await;
    write(&app, "b", "x", &[]).await;
    app.send("PATCH", "/api/posts/late", &json!({ "published": true }))
        .await;
    assert_eq!(titles(&app, "").await, ["late", "b", "a"]);
}

#[tokio::test]
async fn a_tag_matches_exactly() {
    let app = TestApp::new().await;
    write(&app, "a", "x", &["rust", "web"]).await;
    write(&app, "b", "x", &["rust-lang"]).await;
    assert_eq!(titles(&app, "tag=rust").await, ["a"]);
    assert_eq!(titles(&app, "tag=Rust").await, [""; 0]);
    assert_eq!(titles(&app, "tag=A%20B").await, [""; 0]);
}

#[tokio::test]
async fn a_search_takes_every_character_as_it_is() {
    let app = TestApp::new().await;
    write(&app, "100% sure", "x", &[]).await;
    write(&app, "snake_case", "It's a \\ Backslash", &[]).await;
    write(&app, "Ärger", "日本", &[]).await;
    assert_eq!(titles(&app, "q=%25").await, ["100% sure"]);
    assert_eq!(titles(&app, "q=_").await, ["snake_case"]);
    assert_eq!(titles(&app, "q='S").await, ["snake_case"]);
    assert_eq!(titles(&app, "q=%5C+BACK").await, ["snake_case"]);
    assert_eq!(titles(&app, "q=%C3%84RG").await, ["Ärger"]);
    assert_eq!(titles(&app, "q=%E6%9C%AC").await, ["Ärger"]);
    assert_eq!(titles(&app, "q=nothing").await, [""; 0]);
}

#[tokio::test]
async fn pages_share_the_list_out() {
    let app = TestApp::new().await;
    for title in ["a", "b", "c"] {
        write(&app, title, "x", &[]).await;
    }
    assert_eq!(titles(&app, "per_page=2").await, ["c", "b"]);
    assert_eq!(titles(&app, "per_page=2&page=2").await, ["a"]);
    assert_eq!(
        titles(&app, "per_page=2&page=9223372036854775807").await,
        [""; 0]
    );
    let list = app
        .get("/api/posts?page=2&per_page=2&unknown=1")
        .await
        .json();
    let numbers = |name: &str| list[name].clone();
    assert_eq!(
        ["page", "per_page", "total"].map(numbers),
        [2, 2, 3].map(Value::from)
    );
}

#[tokio::test]
async fn a_query_that_breaks_a_rule_is_a_problem() {
    let app = TestApp::new().await;
    for page in ["0", "-1", "x", "1.5", "", "+1", "99999999999999999999"] {
        let answer = app
            .get(&format!("/api/posts?page={page}&per_page=101"))
            .await;
        assert_eq!(answer.broken_fields(), ["page", "per_page"], "{page}");
    }
    assert_eq!(app.get("/api/posts?q=%00").await.broken_fields(), ["q"]);
}
