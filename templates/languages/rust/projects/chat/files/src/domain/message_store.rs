//! The messages in the database.

use chrono::Utc;

use super::{
    message::{History, HistoryRange, Message},
    room_store,
};
use crate::{database::Database, error::Error};

pub async fn create(
    db: &Database,
    room_id: i64,
    author: &str,
    text: &str,
) -> Result<Message, Error> {
    let mut tx = db.begin_write().await?;
    let message = sqlx::query_as(
        "INSERT INTO messages (room_id, author, text, sent_at) VALUES (?, ?, ?, ?) RETURNING *",
    )
    .bind(room_id)
    .bind(author)
    .bind(text)
    .bind(Utc::now())
    .fetch_one(&mut *tx)
    .await?;
    // `RETURNING` gives the row before it is stored for good.
    tx.commit().await?;
    Ok(message)
}

pub async fn history(db: &Database, room_id: i64, range: HistoryRange) -> Result<History, Error> {
    room_store::find(db, room_id).await?;
    let mut items: Vec<Message> = sqlx::query_as(
        "SELECT * FROM messages WHERE room_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
    )
    .bind(room_id)
    .bind(range.before)
    // One more than the limit shows whether there are older messages.
    .bind(range.limit + 1)
    .fetch_all(&db.readers)
    .await?;
    let has_more = items.len() as i64 > range.limit;
    if has_more {
        items.pop();
    }
    items.reverse();
    Ok(History { items, has_more })
}
