//! The carts in the database.

use chrono::Utc;
use sqlx::SqliteConnection;

use super::{
    cart::{Cart, Line, Shortage},
    product_store,
};
use crate::{database::Database, error::Error};

pub async fn create(db: &Database) -> Result<Cart, Error> {
    let id = random_id();
    let mut tx = db.begin_write().await?;
    sqlx::query("INSERT INTO carts (id, created_at) VALUES (?, ?)")
        .bind(&id)
        .bind(Utc::now())
        .execute(&mut *tx)
        .await?;
    let cart = find(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(cart)
}

/// With the prices of today. A transaction of the caller makes sure that they fit together.
pub async fn find(db: &mut SqliteConnection, id: &str) -> Result<Cart, Error> {
    let currency = sqlx::query_scalar("SELECT currency FROM shop, carts WHERE carts.id = ?")
        .bind(id)
        .fetch_optional(&mut *db)
        .await?
        .ok_or(Error::NotFound)?;
    let items: Vec<Line> = sqlx::query_as(
        "SELECT product_id, name, quantity, price_cents AS unit_price_cents,
                quantity * price_cents AS line_total_cents
         FROM cart_items JOIN products ON products.id = product_id
         WHERE cart_id = ? ORDER BY position",
    )
    .bind(id)
    .fetch_all(db)
    .await?;
    let total_cents = Line::total(&items);
    Ok(Cart {
        id: id.to_owned(),
        currency,
        items,
        total_cents,
    })
}

/// A quantity of 0 takes the product out of the cart.
pub async fn set_quantity(
    db: &Database,
    id: &str,
    product: i64,
    quantity: i64,
) -> Result<Cart, Error> {
    let mut tx = db.begin_write().await?;
    find(&mut tx, id).await?;
    let available = product_store::find(&mut *tx, product).await?.stock;
    if quantity > available {
        let shortage = Shortage {
            product_id: product,
            requested: quantity,
            available,
        };
        return Err(Error::Shortage(vec![shortage]));
    }
    if quantity == 0 {
        delete_item(&mut tx, id, product).await?;
    } else {
        // A new quantity leaves the product at its place.
        sqlx::query(
            "INSERT INTO cart_items (cart_id, product_id, quantity) VALUES (?, ?, ?)
             ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity",
        )
        .bind(id)
        .bind(product)
        .bind(quantity)
        .execute(&mut *tx)
        .await?;
    }
    let cart = find(&mut tx, id).await?;
    tx.commit().await?;
    Ok(cart)
}

pub async fn remove(db: &Database, id: &str, product: i64) -> Result<Cart, Error> {
    let mut tx = db.begin_write().await?;
    if !delete_item(&mut tx, id, product).await? {
        return Err(Error::NotFound);
    }
    let cart = find(&mut tx, id).await?;
    tx.commit().await?;
    Ok(cart)
}

/// An id that cannot be guessed: 128 bits of a generator that is good enough for secrets.
pub fn random_id() -> String {
    format!("{:032x}", rand::random::<u128>())
}

async fn delete_item(db: &mut SqliteConnection, id: &str, product: i64) -> Result<bool, Error> {
    let result = sqlx::query("DELETE FROM cart_items WHERE cart_id = ? AND product_id = ?")
        .bind(id)
        .bind(product)
        .execute(db)
        .await?;
    Ok(result.rows_affected() > 0)
}
