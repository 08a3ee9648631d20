//! Posts: write, read, change, delete.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::TestApp;

fn post(title: &str) -> Value {
    json!({ "title": title, "body": "Text." })
}

#[tokio::test]
async fn a_new_post_is_a_draft_with_an_address() {
    let app = TestApp::new().await;
    let body = json!({ "title": "  Über Straße ", "body": " a\n b ", "tags": ["x", "y", "x"] });
    let answer = app.post("/api/posts", &body).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("location"), "/api/posts/uber-strasse");
    let post = answer.json();
    assert_eq!(post["title"], "Über Straße");
    assert_eq!(post["body"], " a\n b ");
    assert_eq!(post["tags"], json!(["x", "y"]));
    assert_eq!(post["published"], false);
    assert_eq!(post["published_at"], Value::Null);
    assert_eq!(app.get("/api/posts/uber-strasse").await.json(), post);
}

#[tokio::test]
async fn posts_written_at_once_with_one_title_get_different_slugs() {
    let app = TestApp::new().await;
    let new = post("Same");
    let (a, b, c, d) = tokio::join!(
        app.post("/api/posts", &new),
        app.post("/api/posts", &new),
        app.post("/api/posts", &new),
        app.post("/api/posts", &new),
    );
    let slugs: HashSet<_> = [a, b, c, d]
        .iter()
        .map(|answer| answer.json()["slug"].to_string())
        .collect();
    let expected = ["same", "same-2", "same-3", "same-4"].map(|slug| format!("\"{slug}\""));
    assert_eq!(slugs, HashSet::from(expected));
}

#[tokio::test]
async fn a_change_touches_only_what_was_sent() {
    let app = TestApp::new().await;
    let before = app.post("/api/posts", &post("Old")).await.json();
    let answer = app
        .send("PATCH", "/api/posts/old", &json!({ "title": "New" }))
        .await;
    assert_eq!(answer.status, 200);
    let after = answer.json();
    assert_eq!(after["title"], "New");
    assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
    for name in ["id", "slug", "body", "tags", "published", "created_at"] {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert_eq!(app.get("/api/posts/old").await.json(), after);
    assert_eq!(
        app.send("PATCH", "/api/posts/old", &json!({})).await.json(),
        after
    );
}

#[tokio::test]
async fn the_first_publication_is_remembered() {
    let app = TestApp::new().await;
    app.post("/api/posts", &post("A")).await;
    let publish = json!({ "published": true });
    let first = app.send("PATCH", "/api/posts/a", &publish).await.json();
    assert_eq!(first["published_at"], first["updated_at"]);

    let withdraw = json!({ "published": false });
    let withdrawn = app.send("PATCH", "/api/posts/a", &withdraw).await.json();
    assert_eq!(withdrawn["published_at"], first["published_at"]);
    let again = app.send("PATCH", "/api/posts/a", &publish).await.json();
    assert_eq!(again["published_at"], first["published_at"]);
}

#[tokio::test]
async fn a_deleted_post_is_gone() {
    let app = TestApp::new().await;
    app.post("/api/posts", &post("A")).await;
    let answer = app.send("DELETE", "/api/posts/a", &Value::Null).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    assert_eq!(
        app.send("DELETE", "/api/posts/a", &Value::Null)
            .await
            .status,
        404
    );
    assert_eq!(app.get("/api/posts/a").await.status, 404);
    assert_eq!(
        app.send("PATCH", "/api/posts/a", &json!({})).await.status,
        404
    );
}

#[tokio::test]
async fn broken_fields_are_named_all_at_once() {
    let app = TestApp::new().await;
    let cases = [
        (json!({}), vec!["body", "title"]),
        (
            json!({ "title": " \t", "body": "\n" }),
            vec!["body", "title"],
        ),
        (
            json!({ "title": "a\nb", "body": "a\u{0}b" }),
            vec!["body", "title"],
        ),
        (
            json!({ "title": 5, "body": null, "tags": "x", "published": 1 }),
            vec!["body", "published", "tags", "title"],
        ),
        (
            json!({ "title": "x".repeat(201), "body": "x".repeat(100_001) }),
            vec!["body", "title"],
        ),
        (
            json!({ "title": "a", "body": "b", "tags": ["Upper"] }),
            vec!["tags"],
        ),
        (
            json!({ "title": "a", "body": "b", "tags": [""], "published": null }),
            vec!["published", "tags"],
        ),
        (
            json!({ "title": "a", "body": "b", "tags": ["x".repeat(31)] }),
            vec!["tags"],
        ),
        (
            json!({ "title": "a", "body": "b", "tags": [1, "x"] }),
            vec!["tags"],
        ),
        (
            json!({ "title": "a", "body": "b", "tags": ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] }),
            vec!["tags"],
        ),
    ];
    for (body, fields) in &cases {
        let answer = app.post("/api/posts", body).await;
        assert_eq!(&answer.broken_fields(), fields, "{body}");
    }
    assert_eq!(
        app.get("/api/posts/a").await.status,
        404,
        "nothing was stored"
    );

    let longest = json!({ "title": "🦀".repeat(200), "body": "🦀".repeat(100_000), "extra": 1 });
    assert_eq!(app.post("/api/posts", &longest).await.status, 201);
}

#[tokio::test]
async fn a_broken_change_changes_nothing() {
    let app = TestApp::new().await;
    let before = app.post("/api/posts", &post("A")).await.json();
    let change = json!({ "title": null, "body": "new", "published": "yes" });
    let answer = app.send("PATCH", "/api/posts/a", &change).await;
    assert_eq!(answer.broken_fields(), ["published", "title"]);
    assert_eq!(app.get("/api/posts/a").await.json(), before);
}

#[tokio::test]
async fn while_another_program_writes_reads_go_on_and_writes_are_to_come_again() {
    let app = TestApp::new().await;
    let lock = app.lock_database().await;
    assert_eq!(app.get("/api/posts").await.status, 200);
    let answer = app
        .post("/api/posts", &json!({ "title": "A", "body": "b" }))
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("retry-after")),
        (503, "1")
    );
    assert_eq!(answer.header("content-type"), "application/problem+json");
    drop(lock);
    assert_eq!(
        app.post("/api/posts", &json!({ "title": "A", "body": "b" }))
            .await
            .status,
        201
    );
}
