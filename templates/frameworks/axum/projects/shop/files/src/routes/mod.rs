//! Every address of the shop, and the function that answers it.

mod carts;
mod idempotency_key;
mod orders;
mod products;

use axum::{
    BoxError, Router,
    routing::{get, post, put},
};
use tower_http::services::ServeFile;

use crate::{
    domain::catalogue,
    server::Context,
    web::{Problem, files},
};

/// Under `/api`: JSON. The shop opens with its products, before the first request.
pub async fn api(context: &Context) -> Result<Router, BoxError> {
    catalogue::open(&context.db).await?;
    let routes = Router::new()
        .route("/products", get(products::list))
        .route("/products/{id}", get(products::show))
        .route("/categories", get(products::categories))
        .route("/carts", post(carts::create))
        .route("/carts/{id}", get(carts::show))
        .route("/carts/{id}/items/{product_id}", put(carts::set_item).delete(carts::delete_item))
        .route("/carts/{id}/checkout", post(orders::create))
        .route("/orders/{id}", get(orders::show));
    Ok(routes.with_state(context.db.clone()))
}

/// Everywhere else: the storefront, whose scripts call the API.
pub fn pages(_: &Context) -> Router {
    Router::new()
        .route_service("/", ServeFile::new("static/index.html"))
        .nest_service("/static", get(files::serve))
        .fallback(async || Problem::not_found())
}
