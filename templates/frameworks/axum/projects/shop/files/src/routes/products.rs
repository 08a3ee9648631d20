//! `/api/products` and `/api/categories`

use axum::extract::State;
use serde_json::{Value, json};

use crate::{
    database::Database,
    domain::{
        product::{Product, ProductQuery},
        product_store,
    },
    input::{Id, Page},
    web::{Json, Path, Problem, Query},
};

pub async fn list(
    State(db): State<Database>,
    Query(query): Query<ProductQuery>,
) -> Result<Json<Page<Product>>, Problem> {
    let (filter, paging) = query.check()?;
    Ok(Json(product_store::list(&db, &filter, paging).await?))
}

pub async fn show(
    State(db): State<Database>,
    Path(Id(id)): Path<Id>,
) -> Result<Json<Product>, Problem> {
    Ok(Json(product_store::find(&db.readers, id).await?))
}

pub async fn categories(State(db): State<Database>) -> Result<Json<Value>, Problem> {
    let names = product_store::categories(&db).await?;
    Ok(Json(json!({ "items": names })))
}
