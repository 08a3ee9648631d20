//! The comments in the database.

use chrono::Utc;

use super::{
    comment::{Comment, NewComment},
    post_store,
};
use crate::{
    database::Database,
    error::Error,
    input::{Page, Paging},
};

pub async fn create(db: &Database, slug: &str, new: NewComment) -> Result<Comment, Error> {
    let mut tx = db.begin_write().await?;
    let post = post_store::find(&mut *tx, slug).await?;
    if !post.content.published {
        return Err(Error::Draft);
    }
    let comment = sqlx::query_as(
        "INSERT INTO comments (post_id, author, body, created_at) VALUES (?, ?, ?, ?)
         RETURNING id, author, body, created_at",
    )
    .bind(post.id)
    .bind(&new.author)
    .bind(&new.body)
    .bind(Utc::now())
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(comment)
}

/// The oldest first. One transaction, so that count and items agree.
pub async fn list(db: &Database, slug: &str, paging: Paging) -> Result<Page<Comment>, Error> {
    let mut tx = db.readers.begin().await?;
    let post = post_store::find(&mut *tx, slug).await?;
    let total = sqlx::query_scalar("SELECT count(*) FROM comments WHERE post_id = ?")
        .bind(post.id)
        .fetch_one(&mut *tx)
        .await?;
    let items = sqlx::query_as(
        "SELECT id, author, body, created_at FROM comments WHERE post_id = ?
         ORDER BY created_at, id LIMIT ? OFFSET ?",
    )
    .bind(post.id)
    .bind(paging.per_page)
    .bind(paging.offset())
    .fetch_all(&mut *tx)
    .await?;
    Ok(paging.page_of(items, total))
}

/// All of a post's comments, the oldest first, for its page.
pub async fn all(db: &Database, post_id: i64) -> Result<Vec<Comment>, Error> {
    let comments = sqlx::query_as(
        "SELECT id, author, body, created_at FROM comments WHERE post_id = ?
         ORDER BY created_at, id",
    )
    .bind(post_id)
    .fetch_all(&db.readers)
    .await?;
    Ok(comments)
}
