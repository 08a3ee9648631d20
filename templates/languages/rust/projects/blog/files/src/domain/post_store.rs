//! The posts in the database.

use chrono::Utc;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqliteExecutor};

use super::{
    post::{Post, PostContent, PostFilter},
    slug,
};
use crate::{
    database::Database,
    error::Error,
    input::{Fields, Page},
};

pub async fn create(db: &Database, content: PostContent) -> Result<Post, Error> {
    let mut tx = db.begin_write().await?;
    let slug = free_slug(&mut tx, &content.title).await?;
    let now = Utc::now();
    let id = sqlx::query_scalar(
        "INSERT INTO posts (slug, title, body, published, created_at, updated_at, published_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(&slug)
    .bind(&content.title)
    .bind(&content.body)
    .bind(content.published)
    .bind(now)
    .bind(now)
    .bind(content.published.then_some(now))
    .fetch_one(&mut *tx)
    .await?;
    insert_tags(&mut tx, id, &content.tags).await?;
    let post = find(&mut *tx, &slug).await?;
    tx.commit().await?;
    Ok(post)
}

/// Drafts too.
pub async fn find(db: impl SqliteExecutor<'_>, slug: &str) -> Result<Post, Error> {
    let post = sqlx::query_as("SELECT * FROM posts_with_tags WHERE slug = ?").bind(slug);
    post.fetch_optional(db).await?.ok_or(Error::NotFound)
}

/// Published posts, the newest first. One transaction, so that count and items agree.
pub async fn list(db: &Database, filter: &PostFilter) -> Result<Page<Post>, Error> {
    let mut tx = db.readers.begin().await?;
    let total = select("count(*)", filter)
        .build_query_scalar()
        .fetch_one(&mut *tx)
        .await?;
    let items = select("*", filter)
        .push(" ORDER BY published_at DESC, id DESC LIMIT ")
        .push_bind(filter.paging.per_page)
        .push(" OFFSET ")
        .push_bind(filter.paging.offset())
        .build_query_as()
        .fetch_all(&mut *tx)
        .await?;
    Ok(filter.paging.page_of(items, total))
}

/// Replaces the fields that are sent.
///
/// Reads and writes in one transaction: of two changes at once, the second sees the first.
pub async fn change(db: &Database, slug: &str, fields: Fields) -> Result<Post, Error> {
    let mut tx = db.begin_write().await?;
    let before = find(&mut *tx, slug).await?;
    let content = PostContent::read(fields.merge_into(&before.content))?;
    if content == before.content {
        return Ok(before);
    }
    let post = before.with(content);
    sqlx::query(
        "UPDATE posts SET title = ?, body = ?, published = ?, updated_at = ?, published_at = ?
         WHERE id = ?",
    )
    .bind(&post.content.title)
    .bind(&post.content.body)
    .bind(post.content.published)
    .bind(post.updated_at)
    .bind(post.published_at)
    .bind(post.id)
    .execute(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM post_tags WHERE post_id = ?")
        .bind(post.id)
        .execute(&mut *tx)
        .await?;
    insert_tags(&mut tx, post.id, &post.content.tags).await?;
    tx.commit().await?;
    Ok(post)
}

/// Its tags and comments go with it: see the migration.
pub async fn delete(db: &Database, slug: &str) -> Result<(), Error> {
    let delete = sqlx::query("DELETE FROM posts WHERE slug = ?").bind(slug);
    match delete.execute(&db.writer).await?.rows_affected() {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

fn select(columns: &str, filter: &PostFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(format!(
        "SELECT {columns} FROM posts_with_tags WHERE published = 1"
    ));
    if let Some(tag) = &filter.tag {
        query.push(" AND id IN (SELECT post_id FROM post_tags WHERE tag = ");
        query.push_bind(tag.clone()).push(")");
    }
    if let Some(search) = &filter.search {
        // Not LIKE, in which % and _ have a meaning. `lower` knows ASCII letters only.
        query
            .push(" AND (instr(lower(title), lower(")
            .push_bind(search.clone());
        query
            .push(")) OR instr(lower(body), lower(")
            .push_bind(search.clone());
        query.push(")))");
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
