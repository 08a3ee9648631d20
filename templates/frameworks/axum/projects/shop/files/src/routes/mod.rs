//! Every address of the shop, and the function that responds to it.

mod carts;
mod idempotency_key;
mod orders;
mod products;

use axum::{
    Router,
    routing::{get, post, put},
};
use tower_http::services::ServeFile;

use crate::{database::Database, error::Error, web};

pub fn app(db: Database) -> Router {
    let routes = Router::new()
        .route("/api/products", get(products::list))
        .route("/api/products/{id}", get(products::show))
        .route("/api/categories", get(products::categories))
        .route("/api/carts", post(carts::create))
        .route("/api/carts/{id}", get(carts::show))
        .route(
            "/api/carts/{id}/items/{product_id}",
            put(carts::set_item).delete(carts::delete_item),
        )
        .route("/api/carts/{id}/checkout", post(orders::create))
        .route("/api/orders/{id}", get(orders::show))
        .with_state(db.clone())
        // The storefront, whose scripts call the API.
        .route_service("/", ServeFile::new("static/index.html"))
        .merge(web::routes(db))
        .fallback(async || Error::NotFound);
    web::around(routes)
}
