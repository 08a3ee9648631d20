//! `/api/orders`, and the checkout that makes them.

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};

use super::idempotency_key::IdempotencyKey;
use crate::{
    database::Database,
    domain::{
        order::{CheckoutInput, Order},
        order_store,
    },
    error::Error,
    web::{Json, Path, Problem},
};

pub async fn create(
    State(db): State<Database>,
    Path(cart): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
    Json(input): Json<CheckoutInput>,
) -> Result<impl IntoResponse, Problem> {
    let order = order_store::place(&db, &cart, &key, input.check()?).await?;
    let location = format!("/api/orders/{}", order.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(order)))
}

pub async fn show(
    State(db): State<Database>,
    Path(id): Path<String>,
) -> Result<Json<Order>, Problem> {
    let mut connection = db.readers.acquire().await.map_err(Error::from)?;
    Ok(Json(order_store::find(&mut connection, &id).await?))
}
