//! `/api/tasks`

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};

use crate::{
    database::Database,
    domain::{
        task::{Task, TaskContent, TaskFilter},
        task_store,
    },
    error::Error,
    input::{Fields, Page},
    web::{Json, Path, Query},
};

pub async fn list(
    State(db): State<Database>,
    Query(query): Query<Fields>,
) -> Result<Json<Page<Task>>, Error> {
    Ok(Json(task_store::list(&db, TaskFilter::read(query)?).await?))
}

pub async fn create(
    State(db): State<Database>,
    Json(fields): Json<Fields>,
) -> Result<impl IntoResponse, Error> {
    let task = task_store::create(&db, TaskContent::read(fields)?).await?;
    let location = format!("/api/tasks/{}", task.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(task)))
}

pub async fn show(State(db): State<Database>, Path(id): Path<i64>) -> Result<Json<Task>, Error> {
    Ok(Json(task_store::find(&db.readers, id).await?))
}

pub async fn replace(
    State(db): State<Database>,
    Path(id): Path<i64>,
    Json(fields): Json<Fields>,
) -> Result<Json<Task>, Error> {
    let content = TaskContent::read(fields)?;
    Ok(Json(task_store::update(&db, id, |_| Ok(content)).await?))
}

pub async fn change(
    State(db): State<Database>,
    Path(id): Path<i64>,
    Json(fields): Json<Fields>,
) -> Result<Json<Task>, Error> {
    let edit = |before: &TaskContent| TaskContent::read(fields.merge_into(before));
    Ok(Json(task_store::update(&db, id, edit).await?))
}

pub async fn delete(State(db): State<Database>, Path(id): Path<i64>) -> Result<StatusCode, Error> {
    task_store::delete(&db, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
