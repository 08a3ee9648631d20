//! `/api/products` and `/api/categories`

use axum::extract::State;
use serde_json::{Value, json};

use crate::{
    database::Database,
    domain::{
        product::{Product, ProductFilter},
        product_store,
    },
    error::Error,
    input::{Fields, Page},
    web::{Json, Path, Query},
};

pub async fn list(
    State(db): State<Database>,
    Query(query): Query<Fields>,
) -> Result<Json<Page<Product>>, Error> {
    let filter = ProductFilter::read(query)?;
    Ok(Json(product_store::list(&db, filter).await?))
}

pub async fn show(State(db): State<Database>, Path(id): Path<i64>) -> Result<Json<Product>, Error> {
    Ok(Json(product_store::find(&db.readers, id).await?))
}

pub async fn categories(State(db): State<Database>) -> Result<Json<Value>, Error> {
    let names = product_store::categories(&db).await?;
    Ok(Json(json!({ "items": names })))
}
