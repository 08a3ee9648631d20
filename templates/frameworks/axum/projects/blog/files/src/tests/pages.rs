//! The pages, as a browser without JavaScript gets them.

use serde_json::json;

use super::{Answer, TestApp};

const ATTACK: &str = r#"<script>alert("1")</script>&'"#;

async fn publish(app: &TestApp, title: &str) -> String {
    let post = json!({ "title": title, "body": ATTACK, "tags": ["x"], "published": true });
    let answer = app.post("/api/posts", &post).await.json();
    answer["slug"].as_str().unwrap_or_default().to_owned()
}

/// What a browser sends for a form: `body` is `name=value&name=value`.
async fn post_form(app: &TestApp, path: &str, body: &'static str) -> Answer {
    let form = "application/x-www-form-urlencoded";
    app.send_raw("POST", path, form, body).await
}

#[tokio::test]
async fn an_empty_blog_tells_how_to_begin() {
    let app = TestApp::new().await;
    let answer = app.get("/").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(answer.text.contains("curl http://127.0.0.1:8000/api/posts"));
}

#[tokio::test]
async fn lists_lead_from_page_to_page() {
    let app = TestApp::new().await;
    for number in 1..=21 {
        publish(&app, &format!("Post number {number}")).await;
    }
    for list in ["/", "/tags/x"] {
        for (page, posts, previous, next) in [
            (1, 10, false, true),
            (2, 10, true, true),
            (3, 1, true, false),
        ] {
            let html = app.get(&format!("{list}?page={page}")).await.text;
            assert_eq!(html.matches("Post number").count(), posts, "{list} {page}");
            assert_eq!(html.contains(r#"rel="prev""#), previous, "{list} {page}");
            assert_eq!(html.contains(r#"rel="next""#), next, "{list} {page}");
        }
        assert_eq!(app.get(&format!("{list}?page=4")).await.status, 404);
        assert_eq!(app.get(&format!("{list}?page=0")).await.status, 422);
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_page_too() {
    let app = TestApp::new().await;
    app.post("/api/posts", &json!({ "title": "Draft", "body": "x" }))
        .await;
    for path in [
        "/posts/draft",
        "/posts/none",
        "/posts/%ff",
        "/none",
        "/tags/none",
        "/static/none.css",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert!(answer.text.contains("/static/style.css"), "{path}");
    }
    let form = post_form(&app, "/posts/draft/comments", "author=Ada&body=Hi").await;
    assert_eq!(form.status, 404);
    let wrong_method = app.send_raw("PUT", "/", "", "").await;
    assert_eq!(wrong_method.status, 405);
    assert_eq!(wrong_method.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn what_users_write_is_shown_as_text() {
    let app = TestApp::new().await;
    let slug = publish(&app, ATTACK).await;
    let comment = json!({ "author": ATTACK, "body": ATTACK });
    app.post(&format!("/api/posts/{slug}/comments"), &comment)
        .await;
    for path in ["/", "/tags/x", &format!("/posts/{slug}")] {
        let html = app.get(path).await.text;
        assert!(html.contains("&#60;script&#62;alert("), "{path}");
        assert!(!html.contains("<script"), "{path}");
    }
}

#[tokio::test]
async fn the_form_saves_a_comment_and_leads_back_to_the_article() {
    let app = TestApp::new().await;
    publish(&app, "A").await;
    let answer = post_form(&app, "/posts/a/comments", "author=+Ada+&body=one%0D%0Atwo").await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), "/posts/a");
    let comments = app.get("/api/posts/a/comments").await.json();
    assert_eq!(comments["items"][0]["author"], "Ada");
    assert_eq!(comments["items"][0]["body"], "one\ntwo");
    assert!(
        app.get("/posts/a")
            .await
            .text
            .contains("<strong>Ada</strong>")
    );
}

#[tokio::test]
async fn a_broken_form_comes_back_with_what_was_typed() {
    let app = TestApp::new().await;
    publish(&app, "A").await;
    let answer = post_form(&app, "/posts/a/comments", "author=%22%3EAda&body=+").await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains(r#"value="&#34;&#62;Ada""#));
    assert_eq!(answer.text.matches(r#"aria-invalid="true""#).count(), 1);
    assert!(answer.text.contains("Your comment is required."));

    let nothing = post_form(&app, "/posts/a/comments", "").await;
    assert_eq!(nothing.text.matches(r#"aria-invalid="true""#).count(), 2);
    assert_eq!(app.get("/api/posts/a/comments").await.json()["total"], 0);
}
