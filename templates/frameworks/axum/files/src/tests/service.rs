//! What holds for every address of the server.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
    routing::get,
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::TestApp;
use crate::web::{self, Path};

#[tokio::test]
async fn the_server_is_healthy() {
    let app = TestApp::new().await;
    let answer = app.get("/healthz").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json(), json!({ "status": "ok" }));
}

#[tokio::test]
async fn the_server_is_not_healthy_without_its_tables() {
    let app = TestApp::new().await;
    let drop = sqlx::query("DROP TABLE _sqlx_migrations");
    drop.execute(&app.db.writer).await.unwrap();
    assert_eq!(app.get("/healthz").await.status, 503);
}

#[tokio::test]
async fn an_unknown_path_under_api_is_a_problem() {
    let app = TestApp::new().await;
    for path in ["/api/nothing", "/api/%ff", "/api/nothing/"] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["status"], 404);
    }
}

#[tokio::test]
async fn the_text_of_an_error_stays_as_its_handler_wrote_it() {
    let conflict = || async { (StatusCode::CONFLICT, "taken already") };
    let app = TestApp {
        router: web::around(Router::new().route("/api/own", get(conflict))),
        ..TestApp::new().await
    };
    let answer = app.get("/api/own").await;
    assert_eq!(answer.status, 409);
    assert_eq!(answer.text, "taken already");
}

#[tokio::test]
async fn a_mistake_of_the_server_is_not_a_missing_page() {
    let two_parts = |Path(_): Path<(i64, i64)>| async {};
    let panics = || async {
        if true {
            panic!("on purpose")
        }
    };
    let routes = Router::new()
        .route("/api/things/{id}", get(two_parts))
        .route("/api/panics", get(panics));
    let app = TestApp {
        router: web::around(routes),
        ..TestApp::new().await
    };
    for path in ["/api/things/7", "/api/panics"] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 500, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["detail"], "something went wrong on our side");
    }
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let app = TestApp::new().await;
    for path in [
        "/",
        "/healthz",
        "/api/nothing",
        "/nothing",
        "/static/style.css",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'self'"), "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn the_description_is_served_as_it_is_in_the_repository() {
    let app = TestApp::new().await;
    let answer = app.get("/openapi.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.text, include_str!("../../openapi.json"));
}

#[tokio::test]
async fn the_page_is_served_with_every_file_that_it_names() {
    let app = TestApp::new().await;
    let page = app.get("/").await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
    let names = ["href=\"", "src=\""].map(|name| page.text.split(name).skip(1));
    let paths = names
        .into_iter()
        .flatten()
        .filter_map(|rest| rest.split('"').next());
    let files: Vec<_> = paths.filter(|path| path.starts_with("/static/")).collect();
    assert!(!files.is_empty());
    for file in files {
        assert_eq!(app.get(file).await.status, 200, "{file}");
    }
}

#[tokio::test]
async fn every_operation_of_the_description_is_routed_and_no_other_method_is() {
    let app = TestApp::new().await;
    let description = app.get("/openapi.json").await.json();
    for (path, operations) in description["paths"].as_object().unwrap() {
        // Without a route the status would be 404 also for methods that are not described.
        let address = path.replace('{', "no-").replace('}', "");
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"] {
            let answer = app.send_raw(method, &address, "", "").await;
            let described = !operations[method.to_lowercase()].is_null();
            assert_eq!(answer.status != 405, described, "{method} {path}");
            if !described {
                assert_eq!(answer.header("content-type"), "application/problem+json");
                assert!(!answer.header("allow").is_empty(), "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn a_body_has_to_be_a_json_object_of_bearable_size() {
    let app = TestApp::new().await;
    let description = app.get("/openapi.json").await.json();
    let operations = description["paths"].as_object().unwrap().iter();
    let posts = operations.filter(|(path, methods)| !path.contains('{') && takes_a_body(methods));
    let json = "application/json";
    for (path, _) in posts {
        for (content_type, body, status) in [
            ("", "", 415),
            ("", "{}", 415),
            ("text/plain", "{}", 415),
            ("application/x-www-form-urlencoded", "a=b", 415),
            (json, "", 400),
            (json, "{", 400),
            (json, "[]", 422),
            (json, "null", 422),
            (json, r#"{"a": NaN}"#, 400),
            (json, r#"{"a": "\ud800"}"#, 400),
        ] {
            let answer = app.send_raw("POST", path, content_type, body).await;
            assert_eq!(answer.status, status, "{content_type:?} {body}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert_eq!(answer.json()["status"], status);
        }
        let invalid_utf8 = b"{\"a\": \"\xff\"}".to_vec();
        let answer = app.send_raw("POST", path, json, invalid_utf8).await;
        assert_eq!(answer.status, 400);
        let large = json!({ "a": "a".repeat(1024 * 1024) });
        assert_eq!(app.post(path, &large).await.status, 413);
    }
}

#[tokio::test]
async fn a_response_is_compressed_where_the_client_can_read_it() {
    let app = TestApp::new().await;
    let request = Request::get("/static/base.css").header("accept-encoding", "gzip");
    let response = app
        .router
        .oneshot(request.body(Body::empty()).unwrap())
        .await;
    assert_eq!(response.unwrap().headers()["content-encoding"], "gzip");
}

#[tokio::test]
async fn a_large_body_that_is_announced_is_refused_before_it_is_sent() {
    let app = TestApp::new().await;
    let request = Request::post("/healthz").header("expect", "100-continue");
    let body = Body::from("a".repeat(1024 * 1024 + 1));
    let answer = app.answer(request.body(body).unwrap()).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn only_files_below_static_are_served() {
    let app = TestApp::new().await;
    let long = format!("/static/{}", "a".repeat(300));
    for path in [
        "/static",
        "/static/",
        "/static/nothing.css",
        "/static/%2e%2e/Cargo.toml",
        &long,
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text.is_empty(), "{path}");
    }
}

fn takes_a_body(methods: &Value) -> bool {
    methods["post"]["requestBody"]["required"] == true
}
