//! The addresses that any server has: its health, its description and its files.

use std::io::ErrorKind::{InvalidFilename, NotADirectory, NotFound};

use axum::{
    Json, Router,
    body::Body,
    extract::{Request, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use tower_http::services::ServeDir;

use crate::database::Database;

pub fn routes(db: Database) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .route("/openapi.json", get(openapi))
        .nest_service("/static", get(file))
        .with_state(db)
}

async fn health(State(db): State<Database>) -> Result<Json<Value>, StatusCode> {
    // Reads a row of the file, which `SELECT 1` does not.
    let query = sqlx::query("SELECT version FROM _sqlx_migrations LIMIT 1");
    match query.fetch_one(&db.readers).await {
        Ok(_) => Ok(Json(json!({ "status": "ok" }))),
        Err(error) => {
            tracing::error!(%error, "the database does not respond");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// The description of the API is part of the program, as it was when that was built.
async fn openapi() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "application/json")];
    (headers, include_str!("../../openapi.json"))
}

/// A file in `static/`. As a service, `ServeDir` itself would respond with 500 to a name that is too
/// long for the file system, and with 404 to a file that the server may not read.
async fn file(request: Request) -> Result<Response, StatusCode> {
    let mut folder = ServeDir::new("static").append_index_html_on_directories(false);
    match folder.try_call(request).await {
        Ok(response) => Ok(response.map(Body::new)),
        // `InvalidFilename`: too long for the file system.
        Err(error) if [InvalidFilename, NotADirectory, NotFound].contains(&error.kind()) => {
            Err(StatusCode::NOT_FOUND)
        }
        Err(error) => {
            tracing::error!(%error, "a file cannot be read");
            Err(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}
