//! The rooms in the database.

use chrono::Utc;

use super::room::Room;
use crate::{
    database::Database,
    error::Error,
    input::{Page, Paging},
};

pub async fn create(db: &Database, name: &str) -> Result<Room, Error> {
    let mut tx = db.begin_write().await?;
    let room = sqlx::query_as(
        "INSERT INTO rooms (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING *",
    )
    .bind(name)
    .bind(Utc::now())
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Error::RoomExists)?;
    // `RETURNING` gives the row before it is stored for good.
    tx.commit().await?;
    Ok(room)
}

pub async fn find(db: &Database, id: i64) -> Result<Room, Error> {
    let room = sqlx::query_as("SELECT * FROM rooms WHERE id = ?").bind(id);
    let room = room.fetch_optional(&db.readers).await?;
    room.ok_or(Error::NotFound)
}

/// By name. One transaction, so that count and items agree.
pub async fn list(db: &Database, paging: Paging) -> Result<Page<Room>, Error> {
    let mut tx = db.readers.begin().await?;
    let total = sqlx::query_scalar("SELECT count(*) FROM rooms")
        .fetch_one(&mut *tx)
        .await?;
    let items = sqlx::query_as("SELECT * FROM rooms ORDER BY name LIMIT ? OFFSET ?")
        .bind(paging.per_page)
        .bind(paging.offset())
        .fetch_all(&mut *tx)
        .await?;
    Ok(paging.page_of(items, total))
}
