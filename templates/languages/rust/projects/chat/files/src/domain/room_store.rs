//! The rooms in the database.

use sqlx::SqlitePool;

use super::room::Room;
use crate::{
    database::begin_write,
    error::Error,
    input::{Page, Paging},
    timestamp::Timestamp,
};

pub async fn create(db: &SqlitePool, name: &str) -> Result<Room, Error> {
    let mut tx = begin_write(db).await?;
    let room = sqlx::query_as(
        "INSERT INTO rooms (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING *",
    )
    .bind(name)
    .bind(Timestamp::now())
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Error::Conflict("there is a room of this name already"))?;
    tx.commit().await?;
    Ok(room)
}

pub async fn find(db: &SqlitePool, id: i64) -> Result<Room, Error> {
    sqlx::query_as("SELECT * FROM rooms WHERE id = ?")
        .bind(id)
        .fetch_optional(db)
        .await?
        .ok_or(Error::NotFound)
}

/// By name.
pub async fn list(db: &SqlitePool, paging: Paging) -> Result<Page<Room>, Error> {
    let total = sqlx::query_scalar("SELECT count(*) FROM rooms").fetch_one(db).await?;
    let items = sqlx::query_as("SELECT * FROM rooms ORDER BY name LIMIT ? OFFSET ?")
        .bind(paging.limit())
        .bind(paging.offset())
        .fetch_all(db)
        .await?;
    Ok(paging.page_of(items, total))
}
