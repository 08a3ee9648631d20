//! The rooms in the database.

use super::room::Room;
use crate::{
    database::Database,
    error::Error,
    input::{Page, Paging},
    timestamp::Timestamp,
};

pub async fn create(db: &Database, name: &str) -> Result<Room, Error> {
    let mut tx = db.begin_write().await?;
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

pub async fn find(db: &Database, id: i64) -> Result<Room, Error> {
    sqlx::query_as("SELECT * FROM rooms WHERE id = ?")
        .bind(id)
        .fetch_optional(&db.readers)
        .await?
        .ok_or(Error::NotFound)
}

/// By name.
pub async fn list(db: &Database, paging: Paging) -> Result<Page<Room>, Error> {
    let total = sqlx::query_scalar("SELECT count(*) FROM rooms").fetch_one(&db.readers).await?;
    let items = sqlx::query_as("SELECT * FROM rooms ORDER BY name LIMIT ? OFFSET ?")
        .bind(paging.limit())
        .bind(paging.offset())
        .fetch_all(&db.readers)
        .await?;
    Ok(paging.page_of(items, total))
}
