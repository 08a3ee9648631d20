//! The tasks in the database.

use chrono::{TimeDelta, Utc};
use sqlx::{QueryBuilder, Sqlite, SqliteExecutor};

use super::task::{Sort, Task, TaskContent, TaskFilter};
use crate::{database::Database, error::Error, input::Page};

pub async fn create(db: &Database, content: TaskContent) -> Result<Task, Error> {
    let now = Utc::now();
    let mut tx = db.begin_write().await?;
    let task = sqlx::query_as(
        "INSERT INTO tasks (title, description, status, priority, due, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *",
    )
    .bind(content.title)
    .bind(content.description)
    .bind(content.status)
    .bind(content.priority)
    .bind(content.due)
    .bind(now)
    .bind(now)
    .fetch_one(&mut *tx)
    .await?;
    // `RETURNING` gives the row before it is stored for good.
    tx.commit().await?;
    Ok(task)
}

pub async fn find(db: impl SqliteExecutor<'_>, id: i64) -> Result<Task, Error> {
    let task = sqlx::query_as("SELECT * FROM tasks WHERE id = ?").bind(id);
    task.fetch_optional(db).await?.ok_or(Error::NotFound)
}

/// Counts and reads in one transaction, so that both see the same tasks.
pub async fn list(db: &Database, filter: TaskFilter) -> Result<Page<Task>, Error> {
    let key = match filter.sort {
        Sort::CreatedAt => "created_at",
        // Tasks without a day come last, whatever the order.
        Sort::Due => "due IS NULL, due",
        Sort::Priority => "priority",
        Sort::Title => "title COLLATE NOCASE",
    };
    let order = if filter.descending { "DESC" } else { "ASC" };
    let mut tx = db.readers.begin().await?;
    let total = select("count(*)", &filter)
        .build_query_scalar()
        .fetch_one(&mut *tx)
        .await?;
    let items = select("*", &filter)
        .push(format!(" ORDER BY {key} {order}, id {order} LIMIT "))
        .push_bind(filter.paging.per_page)
        .push(" OFFSET ")
        .push_bind(filter.paging.offset())
        .build_query_as()
        .fetch_all(&mut *tx)
        .await?;
    Ok(filter.paging.page_of(items, total))
}

/// Reads and writes in one transaction: of two changes at once, the second sees the first.
pub async fn update(
    db: &Database,
    id: i64,
    edit: impl FnOnce(&TaskContent) -> Result<TaskContent, Error>,
) -> Result<Task, Error> {
    let mut tx = db.begin_write().await?;
    let before = find(&mut *tx, id).await?;
    let content = edit(&before.content)?;
    if content == before.content {
        return Ok(before);
    }
    let task = sqlx::query_as(
        "UPDATE tasks
         SET title = ?, description = ?, status = ?, priority = ?, due = ?, updated_at = ?
         WHERE id = ? RETURNING *",
    )
    .bind(content.title)
    .bind(content.description)
    .bind(content.status)
    .bind(content.priority)
    .bind(content.due)
    // Later than before, even where the clock was set back.
    .bind(Utc::now().max(before.updated_at + TimeDelta::microseconds(1)))
    .bind(id)
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(task)
}

pub async fn delete(db: &Database, id: i64) -> Result<(), Error> {
    let delete = sqlx::query("DELETE FROM tasks WHERE id = ?").bind(id);
    match delete.execute(&db.writer).await?.rows_affected() {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

fn select(columns: &str, filter: &TaskFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(format!("SELECT {columns} FROM tasks WHERE true"));
    if let Some(status) = filter.status {
        query.push(" AND status = ").push_bind(status);
    }
    if let Some(priority) = filter.priority {
        query.push(" AND priority = ").push_bind(priority);
    }
    if let Some(search) = &filter.search {
        // Not LIKE, in which % and _ have a meaning. `lower` knows ASCII letters only.
        query
            .push(" AND (instr(lower(title), lower(")
            .push_bind(search.clone());
        query
            .push(")) OR instr(lower(description), lower(")
            .push_bind(search.clone());
        query.push(")))");
    }
    query
}
