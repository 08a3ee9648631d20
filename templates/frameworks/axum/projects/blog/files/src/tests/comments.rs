//! Comments through the API.

use serde_json::{Value, json};

use super::TestApp;

async fn app_with_post() -> TestApp {
    let app = TestApp::new().await;
    let post = json!({ "title": "A", "body": "Text.", "published": true });
    assert_eq!(app.post("/api/posts", &post).await.status, 201);
    app
}

#[tokio::test]
async fn comments_are_listed_oldest_first() {
    let app = app_with_post().await;
    for author in ["Ada", "Grace"] {
        let comment = json!({ "author": author, "body": " Hi\n" });
        let answer = app.post("/api/posts/a/comments", &comment).await;
        assert_eq!(answer.status, 201);
        assert_eq!(answer.json()["body"], " Hi\n");
    }
    let list = app
        .get("/api/posts/a/comments?per_page=1&page=2")
        .await
        .json();
    assert_eq!(list["total"], 2);
    assert_eq!(list["items"][0]["author"], "Grace");
}

#[tokio::test]
async fn a_draft_takes_no_comments() {
    let app = app_with_post().await;
    app.send("PATCH", "/api/posts/a", &json!({ "published": false }))
        .await;
    let comment = json!({ "author": "Ada", "body": "Hi" });
    assert_eq!(
        app.post("/api/posts/a/comments", &comment).await.status,
        409
    );
    assert_eq!(
        app.post("/api/posts/b/comments", &comment).await.status,
        404
    );
    assert_eq!(app.get("/api/posts/a/comments").await.json()["total"], 0);
}

#[tokio::test]
async fn a_comment_without_author_or_body_is_refused() {
    let app = app_with_post().await;
    for comment in [
        json!({}),
        json!({ "author": "", "body": " \n" }),
        json!({ "author": "x".repeat(81), "body": "x".repeat(2001) }),
        json!({ "author": ["Ada"], "body": null }),
    ] {
        let answer = app.post("/api/posts/a/comments", &comment).await;
        assert_eq!(answer.broken_fields(), ["author", "body"], "{comment}");
    }
}

#[tokio::test]
async fn comments_go_with_their_post_and_do_not_come_back() {
    let app = app_with_post().await;
    let comment = json!({ "author": "Ada", "body": "Hi" });
    let old = app.post("/api/posts/a/comments", &comment).await.json();
    app.send("DELETE", "/api/posts/a", &Value::Null).await;
    assert_eq!(app.get("/api/posts/a/comments").await.status, 404);

    let post = json!({ "title": "A", "body": "Another.", "published": true });
    app.post("/api/posts", &post).await;
    assert_eq!(app.get("/api/posts/a/comments").await.json()["total"], 0);
    let new = app.post("/api/posts/a/comments", &comment).await.json();
    assert!(new["id"].as_i64() > old["id"].as_i64());
}
