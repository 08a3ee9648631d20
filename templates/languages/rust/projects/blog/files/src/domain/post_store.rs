//! The posts in the database.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqliteExecutor};

use super::{
    post::{NewPost, Post, PostChange, PostFilter},
    slug,
};
use crate::{
    database::{Database, push_search},
    error::Error,
    input::{Page, Paging},
    timestamp::Timestamp,
};

pub async fn create(db: &Database, new: NewPost) -> Result<Post, Error> {
    let mut tx = db.begin_write().await?;
    let slug = free_slug(&mut tx, &new.title).await?;
    let now = Timestamp::now();
    let id = sqlx::query_scalar(
        "INSERT INTO posts (slug, title, body, published, created_at, updated_at, published_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6) RETURNING id",
    )
    .bind(&slug)
    .bind(&new.title)
    .bind(&new.body)
    .bind(new.published)
    .bind(now)
    .bind(new.published.then_some(now))
    .fetch_one(&mut *tx)
    .await?;
    insert_tags(&mut tx, id, &new.tags).await?;
    let post = find(&mut *tx, &slug).await?;
    tx.commit().await?;
    Ok(post)
}

/// Drafts too.
pub async fn find(db: impl SqliteExecutor<'_>, slug: &str) -> Result<Post, Error> {
    sqlx::query_as("SELECT * FROM posts_with_tags WHERE slug = ?")
        .bind(slug)
        .fetch_optional(db)
        .await?
        .ok_or(Error::NotFound)
}

/// Published posts, the newest first.
pub async fn list(db: &Database, filter: &PostFilter, paging: Paging) -> Result<Page<Post>, Error> {
    let total = select("count(*)", filter).build_query_scalar().fetch_one(&db.readers).await?;
    let items = select("*", filter)
        .push(" ORDER BY published_at DESC, id DESC LIMIT ")
        .push_bind(paging.limit())
        .push(" OFFSET ")
        .push_bind(paging.offset())
        .build_query_as()
        .fetch_all(&db.readers)
        .await?;
    Ok(paging.page_of(items, total))
}

pub async fn change(db: &Database, slug: &str, change: PostChange) -> Result<Post, Error> {
    let mut tx = db.begin_write().await?;
    let before = find(&mut *tx, slug).await?;
    let after = change.apply(&before);
    if after != before {
        sqlx::query(
            "UPDATE posts SET title = ?, body = ?, published = ?, updated_at = ?, published_at = ?
             WHERE id = ?",
        )
        .bind(&after.title)
        .bind(&after.body)
        .bind(after.published)
        .bind(after.updated_at)
        .bind(after.published_at)
        .bind(after.id)
        .execute(&mut *tx)
        .await?;
        sqlx::query("DELETE FROM post_tags WHERE post_id = ?")
            .bind(after.id)
            .execute(&mut *tx)
            .await?;
        insert_tags(&mut tx, after.id, &after.tags).await?;
    }
    tx.commit().await?;
    Ok(after)
}

/// Its tags and comments go with it: see the migration.
pub async fn delete(db: &Database, slug: &str) -> Result<(), Error> {
    let result =
        sqlx::query("DELETE FROM posts WHERE slug = ?").bind(slug).execute(&db.writer).await?;
    match result.rows_affected() {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

fn select(columns: &str, filter: &PostFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(columns).push(" FROM posts_with_tags WHERE published = 1");
    if let Some(tag) = &filter.tag {
        query
            .push(" AND id IN (SELECT post_id FROM post_tags WHERE tag = ")
            .push_bind(tag)
            .push(")");
    }
    if let Some(search) = &filter.search {
        push_search(&mut query, &["title", "body"], search);
    }
    query
}

/// Asks for all numbered slugs at once: one query, however many posts have the same title.
async fn free_slug(db: &mut SqliteConnection, title: &str) -> Result<String, Error> {
    let slug = slug::slug(title);
    // "." comes right after "-": this range is all that begins with `slug-`, and the index has it.
    let taken: Vec<String> = sqlx::query_scalar(
        "SELECT slug FROM posts WHERE slug = ?1 OR (slug >= ?1 || '-' AND slug < ?1 || '.')",
    )
    .bind(&slug)
    .fetch_all(db)
    .await?;
    Ok(slug::first_free(slug, &taken.into_iter().collect()))
}

async fn insert_tags(db: &mut SqliteConnection, post: i64, tags: &[String]) -> Result<(), Error> {
    for (position, tag) in (0_i64..).zip(tags) {
        sqlx::query("INSERT INTO post_tags (post_id, tag, position) VALUES (?, ?, ?)")
            .bind(post)
            .bind(tag)
            .bind(position)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}
