//! Tells whoever watches the server whether it can work.

use axum::{extract::State, http::StatusCode};
use serde_json::{Value, json};
use sqlx::SqlitePool;

use super::{Json, Problem};

pub async fn check(State(db): State<SqlitePool>) -> Result<Json<Value>, Problem> {
    match sqlx::query("SELECT 1").execute(&db).await {
        Ok(_) => Ok(Json(json!({ "status": "ok" }))),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            let detail = "the database does not answer";
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail))
        }
    }
}
