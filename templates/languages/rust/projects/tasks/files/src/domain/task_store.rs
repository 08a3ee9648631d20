//! The tasks in the database.

use sqlx::{QueryBuilder, Sqlite, SqliteExecutor};

use super::task::{Sort, Task, TaskChange, TaskFields, TaskFilter};
use crate::{
    database::{Database, push_search},
    error::Error,
    input::{Page, Paging},
    timestamp::Timestamp,
};

pub async fn create(db: &Database, fields: TaskFields) -> Result<Task, Error> {
    let mut tx = db.begin_write().await?;
    let task = sqlx::query_as(
        "INSERT INTO tasks (title, description, status, priority, due, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) RETURNING *",
    )
    .bind(fields.title)
    .bind(fields.description)
    .bind(fields.status)
    .bind(fields.priority)
    .bind(fields.due)
    .bind(Timestamp::now())
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(task)
}

pub async fn find(db: impl SqliteExecutor<'_>, id: i64) -> Result<Task, Error> {
    sqlx::query_as("SELECT * FROM tasks WHERE id = ?")
        .bind(id)
        .fetch_optional(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn list(db: &Database, filter: &TaskFilter, paging: Paging) -> Result<Page<Task>, Error> {
    let total = select("count(*)", filter).build_query_scalar().fetch_one(&db.readers).await?;
    let key = match filter.sort {
        Sort::CreatedAt => "created_at",
        // Tasks without a day come last, whatever the direction.
        Sort::Due => "due IS NULL, due",
        Sort::Priority => "priority",
        // Ignores the case of ASCII letters.
        Sort::Title => "title COLLATE NOCASE",
    };
    let order = filter.order;
    let items = select("*", filter)
        .push(format!(" ORDER BY {key} {order}, id {order} LIMIT "))
        .push_bind(paging.limit())
        .push(" OFFSET ")
        .push_bind(paging.offset())
        .build_query_as()
        .fetch_all(&db.readers)
        .await?;
    Ok(paging.page_of(items, total))
}

pub async fn replace(db: &Database, id: i64, fields: TaskFields) -> Result<Task, Error> {
    update(db, id, |_| fields).await
}

pub async fn change(db: &Database, id: i64, change: TaskChange) -> Result<Task, Error> {
    update(db, id, |fields| change.apply(fields)).await
}

/// Reads and writes in one transaction: of two changes at once, the second sees what the first did.
async fn update(
    db: &Database,
    id: i64,
    edit: impl FnOnce(TaskFields) -> TaskFields,
) -> Result<Task, Error> {
    let mut tx = db.begin_write().await?;
    let before = find(&mut *tx, id).await?;
    let fields = edit(before.fields.clone());
    if fields == before.fields {
        return Ok(before);
    }
    let task = sqlx::query_as(
        "UPDATE tasks
         SET title = ?, description = ?, status = ?, priority = ?, due = ?, updated_at = ?
         WHERE id = ? RETURNING *",
    )
    .bind(fields.title)
    .bind(fields.description)
    .bind(fields.status)
    .bind(fields.priority)
    .bind(fields.due)
    .bind(Timestamp::after(before.updated_at))
    .bind(id)
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(task)
}

pub async fn delete(db: &Database, id: i64) -> Result<(), Error> {
    let result = sqlx::query("DELETE FROM tasks WHERE id = ?").bind(id).execute(&db.writer).await?;
    match result.rows_affected() {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

fn select(columns: &str, filter: &TaskFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(columns).push(" FROM tasks WHERE true");
    if let Some(status) = filter.status {
        query.push(" AND status = ").push_bind(status);
    }
    if let Some(priority) = filter.priority {
        query.push(" AND priority = ").push_bind(priority);
    }
    if let Some(search) = &filter.search {
        push_search(&mut query, &["title", "description"], search);
    }
    query
}
