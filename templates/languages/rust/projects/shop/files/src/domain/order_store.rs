//! The orders in the database.

use chrono::Utc;
use sqlx::SqliteConnection;

use super::{
    cart::{Cart, Line, Shortage},
    cart_store,
    order::{Buyer, Order},
};
use crate::{database::Database, error::Error};

/// Buys what is in the cart: all of it or nothing, and once for each `key`.
///
/// There is one writer at a time. Nobody else buys between the check of the stock and the commit, so
/// nothing is sold twice, and a second request with the same key finds the first one's order.
pub async fn place(db: &Database, cart_id: &str, key: &str, buyer: Buyer) -> Result<Order, Error> {
    let mut tx = db.begin_write().await?;
    let cart = cart_store::find(&mut tx, cart_id).await?;
    if let Some(id) = find_by_key(&mut tx, cart_id, key).await? {
        let order = find(&mut tx, &id).await?;
        buyer.check_same(&order.buyer)?;
        return Ok(order);
    }
    if cart.items.is_empty() {
        return Err(Error::CartEmpty);
    }
    let shortages = shortages(&mut tx, cart_id).await?;
    if !shortages.is_empty() {
        return Err(Error::Shortage(shortages));
    }
    let id = insert(&mut tx, &cart, key, &buyer).await?;
    take_items(&mut tx, cart_id, &id).await?;
    let order = find(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(order)
}

pub async fn find(db: &mut SqliteConnection, id: &str) -> Result<Order, Error> {
    let mut order: Order =
        sqlx::query_as("SELECT *, printf('S-%06d', sequence) AS number FROM orders WHERE id = ?")
            .bind(id)
            .fetch_optional(&mut *db)
            .await?
            .ok_or(Error::NotFound)?;
    order.items = sqlx::query_as(
        "SELECT *, quantity * unit_price_cents AS line_total_cents
         FROM order_items WHERE order_id = ? ORDER BY position",
    )
    .bind(id)
    .fetch_all(db)
    .await?;
    order.total_cents = Line::total(&order.items);
    Ok(order)
}

async fn find_by_key(
    db: &mut SqliteConnection,
    cart_id: &str,
    key: &str,
) -> Result<Option<String>, Error> {
    let id = sqlx::query_scalar("SELECT id FROM orders WHERE cart_id = ? AND idempotency_key = ?")
        .bind(cart_id)
        .bind(key)
        .fetch_optional(db)
        .await?;
    Ok(id)
}

async fn shortages(db: &mut SqliteConnection, cart_id: &str) -> Result<Vec<Shortage>, Error> {
    let shortages = sqlx::query_as(
        "SELECT product_id, quantity AS requested, stock AS available
         FROM cart_items JOIN products ON products.id = product_id
         WHERE cart_id = ? AND quantity > stock ORDER BY position",
    )
    .bind(cart_id)
    .fetch_all(db)
    .await?;
    Ok(shortages)
}

async fn insert(
    db: &mut SqliteConnection,
    cart: &Cart,
    key: &str,
    buyer: &Buyer,
) -> Result<String, Error> {
    let id = cart_store::random_id();
    sqlx::query(
        "INSERT INTO orders
         (id, cart_id, idempotency_key, status, currency, email, name, address, created_at)
         VALUES (?, ?, ?, 'placed', ?, ?, ?, ?, ?)",
    )
    .bind(&id)
    .bind(&cart.id)
    .bind(key)
    .bind(&cart.currency)
    .bind(&buyer.email)
    .bind(&buyer.name)
    .bind(&buyer.address)
    .bind(Utc::now())
    .execute(db)
    .await?;
    Ok(id)
}

/// Moves the items from the stock into the order, and out of the cart.
async fn take_items(db: &mut SqliteConnection, cart_id: &str, order: &str) -> Result<(), Error> {
    sqlx::query(
        "UPDATE products SET stock = stock - item.quantity FROM cart_items AS item
         WHERE item.cart_id = ? AND item.product_id = products.id",
    )
    .bind(cart_id)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "INSERT INTO order_items (order_id, position, product_id, name, quantity, unit_price_cents)
         SELECT ?, position, product_id, name, quantity, price_cents
         FROM cart_items JOIN products ON products.id = product_id WHERE cart_id = ?",
    )
    .bind(order)
    .bind(cart_id)
    .execute(&mut *db)
    .await?;
    sqlx::query("DELETE FROM cart_items WHERE cart_id = ?")
        .bind(cart_id)
        .execute(db)
        .await?;
    Ok(())
}
