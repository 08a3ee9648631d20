//! `/api/carts`

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};

use crate::{
    database::Database,
    domain::{
        cart::{Cart, read_quantity},
        cart_store,
    },
    error::Error,
    input::Fields,
    web::{Json, Path},
};

pub async fn create(State(db): State<Database>) -> Result<impl IntoResponse, Error> {
    let cart = cart_store::create(&db).await?;
    let location = format!("/api/carts/{}", cart.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(cart)))
}

pub async fn show(State(db): State<Database>, Path(id): Path<String>) -> Result<Json<Cart>, Error> {
    let mut tx = db.readers.begin().await?;
    Ok(Json(cart_store::find(&mut tx, &id).await?))
}

pub async fn set_item(
    State(db): State<Database>,
    Path((id, product)): Path<(String, i64)>,
    Json(fields): Json<Fields>,
) -> Result<Json<Cart>, Error> {
    let quantity = read_quantity(fields)?;
    let cart = cart_store::set_quantity(&db, &id, product, quantity).await?;
    Ok(Json(cart))
}

pub async fn delete_item(
    State(db): State<Database>,
    Path((id, product)): Path<(String, i64)>,
) -> Result<Json<Cart>, Error> {
    Ok(Json(cart_store::remove(&db, &id, product).await?))
}
