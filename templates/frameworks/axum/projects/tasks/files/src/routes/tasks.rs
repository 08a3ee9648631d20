//! `/api/tasks`

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};

use crate::{
    database::Database,
    domain::{
        task::Task,
        task_input::{TaskInput, TaskQuery},
        task_store,
    },
    input::{Id, Page},
    web::{Json, Path, Problem, Query},
};

pub async fn list(
    State(db): State<Database>,
    Query(query): Query<TaskQuery>,
) -> Result<Json<Page<Task>>, Problem> {
    let (filter, paging) = query.check()?;
    Ok(Json(task_store::list(&db, &filter, paging).await?))
}

pub async fn create(
    State(db): State<Database>,
    Json(input): Json<TaskInput>,
) -> Result<impl IntoResponse, Problem> {
    let task = task_store::create(&db, input.into_fields()?).await?;
    let location = format!("/api/tasks/{}", task.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(task)))
}

pub async fn show(
    State(db): State<Database>,
    Path(Id(id)): Path<Id>,
) -> Result<Json<Task>, Problem> {
    Ok(Json(task_store::find(&db.readers, id).await?))
}

pub async fn replace(
    State(db): State<Database>,
    Path(Id(id)): Path<Id>,
    Json(input): Json<TaskInput>,
) -> Result<Json<Task>, Problem> {
    Ok(Json(task_store::replace(&db, id, input.into_fields()?).await?))
}

pub async fn change(
    State(db): State<Database>,
    Path(Id(id)): Path<Id>,
    Json(input): Json<TaskInput>,
) -> Result<Json<Task>, Problem> {
    Ok(Json(task_store::change(&db, id, input.into_change()?).await?))
}

pub async fn delete(
    State(db): State<Database>,
    Path(Id(id)): Path<Id>,
) -> Result<StatusCode, Problem> {
    task_store::delete(&db, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
