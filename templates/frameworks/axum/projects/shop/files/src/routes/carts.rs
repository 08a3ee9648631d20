//! `/api/carts`

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};
use serde_json::json;

use crate::{
    database::Database,
    domain::{
        cart::{Cart, QuantityInput},
        cart_store,
        stock::StockError,
    },
    error::Error,
    input::Id,
    web::{Json, Path, Problem},
};

pub async fn create(State(db): State<Database>) -> Result<impl IntoResponse, Problem> {
    let cart = cart_store::create(&db).await?;
    let location = format!("/api/carts/{}", cart.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(cart)))
}

pub async fn show(
    State(db): State<Database>,
    Path(id): Path<String>,
) -> Result<Json<Cart>, Problem> {
    let mut connection = db.readers.acquire().await.map_err(Error::from)?;
    Ok(Json(cart_store::find(&mut connection, &id).await?))
}

pub async fn set_item(
    State(db): State<Database>,
    Path((id, Id(product))): Path<(String, Id)>,
    Json(input): Json<QuantityInput>,
) -> Result<Json<Cart>, Problem> {
    let quantity = input.check()?;
    Ok(Json(cart_store::set_quantity(&db, &id, product, quantity).await?))
}

pub async fn delete_item(
    State(db): State<Database>,
    Path((id, Id(product))): Path<(String, Id)>,
) -> Result<Json<Cart>, Problem> {
    Ok(Json(cart_store::remove(&db, &id, product).await?))
}

impl From<StockError> for Problem {
    fn from(error: StockError) -> Self {
        let detail = error.to_string();
        match error {
            StockError::Short(items) => {
                Self::new(StatusCode::CONFLICT, detail).with("items", json!(items))
            }
            StockError::Other(error) => error.into(),
        }
    }
}
