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
        order::{Buyer, Order},
        order_store,
    },
    error::Error,
    input::Fields,
    web::{Json, Path},
};

pub async fn create(
    State(db): State<Database>,
    Path(cart): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
    Json(fields): Json<Fields>,
) -> Result<impl IntoResponse, Error> {
    let order = order_store::place(&db, &cart, &key, Buyer::read(fields)?).await?;
    let location = format!("/api/orders/{}", order.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(order)))
}

pub async fn show(
    State(db): State<Database>,
    Path(id): Path<String>,
) -> Result<Json<Order>, Error> {
    let mut tx = db.readers.begin().await?;
    Ok(Json(order_store::find(&mut tx, &id).await?))
}
