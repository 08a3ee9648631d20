//! Runs the application in a test, with a database of its own and without a network.

// Each file in tests/ is a program of its own, and none of them uses everything here.
#![allow(dead_code)]

use std::sync::Arc;

use app::{
    config::Variables,
    database,
    server::{self, Context},
    shutdown::Background,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header::CONTENT_TYPE},
};
use serde_json::Value;
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;
use tower::ServiceExt;

#[derive(Clone)]
pub struct TestApp {
    pub router: Router,
    pub background: Background,
    /// Removed with the database in it when the test ends.
    folder: Arc<TempDir>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl TestApp {
    pub async fn new() -> Self {
        Self::with(Variables::default()).await
    }

    pub async fn with(variables: Variables) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let db = database::open(&url(&folder)).await.expect("a database");
        let background = Background::default();
        let context = Context { db, variables, background: background.clone() };
        let router = server::app(&context).await.expect("routes");
        Self { router, background, folder: Arc::new(folder) }
    }

    /// Another program that writes into the database until this is dropped.
    pub async fn lock_database(&self) -> SqliteConnection {
        let mut other = SqliteConnection::connect(&url(&self.folder)).await.expect("a connection");
        sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("the lock");
        other
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, "").await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, None, "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send_json("POST", path, body).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send_json("PUT", path, body).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send_json("PATCH", path, body).await
    }

    /// What a browser sends for a form: `body` is `name=value&name=value`.
    pub async fn post_form(&self, path: &str, body: &'static str) -> Answer {
        let form = Some("application/x-www-form-urlencoded");
        self.send("POST", path, form, body).await
    }

    async fn send_json(&self, method: &str, path: &str, body: &Value) -> Answer {
        let json = Some("application/json");
        self.send(method, path, json, body.to_string()).await
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        content_type: Option<&str>,
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(content_type) = content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        self.answer(request.body(body.into()).expect("a request")).await
    }

    pub async fn answer(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await;
        let (head, body) = response.expect("an answer").into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        Answer {
            status: head.status,
            headers: head.headers,
            text: String::from_utf8(bytes.to_vec()).expect("a text"),
        }
    }
}

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("test.db").display())
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// The names of the fields that a 422 complains about.
    pub fn broken_fields(&self) -> Vec<String> {
        assert_eq!(self.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", self.text);
        let errors = self.json()["errors"].as_object().cloned();
        errors.unwrap_or_default().keys().cloned().collect()
    }
}
