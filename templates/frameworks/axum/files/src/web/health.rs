//! Tells whoever watches the server whether it can work.

use axum::{extract::State, http::StatusCode};
use serde_json::{Value, json};

use super::{Json, Problem};
use crate::database::Database;

pub async fn check(State(db): State<Database>) -> Result<Json<Value>, Problem> {
    match sqlx::query("SELECT 1").execute(&db.readers).await {
        Ok(_) => Ok(Json(json!({ "status": "ok" }))),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            let detail = "the database does not answer";
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail))
        }
    }
}
