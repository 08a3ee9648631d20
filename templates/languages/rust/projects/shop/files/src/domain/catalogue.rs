//! What the shop opens with: `products.json`, a part of the program.

use chrono::Utc;
use serde::Deserialize;

use crate::database::Database;

const PRODUCTS: &str = include_str!("../../products.json");

#[derive(Debug, Deserialize)]
struct Catalogue {
    currency: String,
    products: Vec<NewProduct>,
}

#[derive(Debug, Deserialize)]
struct NewProduct {
    sku: String,
    name: String,
    description: String,
    category: String,
    price_cents: i64,
    stock: i64,
}

/// Fills a new database. A database that is there already keeps its own products.
pub async fn seed(db: &Database) -> anyhow::Result<()> {
    let catalogue: Catalogue = serde_json::from_str(PRODUCTS)?;
    let mut tx = db.begin_write().await?;
    let shop = sqlx::query("INSERT INTO shop (one, currency) VALUES (1, ?) ON CONFLICT DO NOTHING")
        .bind(catalogue.currency)
        .execute(&mut *tx)
        .await?;
    if shop.rows_affected() == 0 {
        return Ok(());
    }
    for product in catalogue.products {
        sqlx::query(
            "INSERT INTO products (sku, name, description, category, price_cents, stock, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(product.sku)
        .bind(product.name)
        .bind(product.description)
        .bind(product.category)
        .bind(product.price_cents)
        .bind(product.stock)
        .bind(Utc::now())
        .execute(&mut *tx)
        .await?;
    }
    Ok(tx.commit().await?)
}
