//! `/api/posts/{slug}/comments`

use axum::{extract::State, http::StatusCode};

use crate::{
    database::Database,
    domain::{
        comment::{Comment, NewComment},
        comment_store,
    },
    error::Error,
    input::{Fields, Page, Paging},
    web::{Json, Path, Query},
};

pub async fn list(
    State(db): State<Database>,
    Path(slug): Path<String>,
    Query(mut query): Query<Fields>,
) -> Result<Json<Page<Comment>>, Error> {
    let paging = Paging::read(&mut query);
    let paging = query.finish(paging)?;
    Ok(Json(comment_store::list(&db, &slug, paging).await?))
}

pub async fn create(
    State(db): State<Database>,
    Path(slug): Path<String>,
    Json(fields): Json<Fields>,
) -> Result<(StatusCode, Json<Comment>), Error> {
    let comment = comment_store::create(&db, &slug, NewComment::read(fields)?).await?;
    Ok((StatusCode::CREATED, Json(comment)))
}
