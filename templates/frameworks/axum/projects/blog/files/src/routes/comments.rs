//! `/api/posts/{slug}/comments`

use axum::{extract::State, http::StatusCode};

use crate::{
    database::Database,
    domain::{
        comment::{Comment, CommentInput},
        comment_store,
    },
    input::{Page, PageQuery},
    web::{Json, Path, Problem, Query},
};

pub async fn list(
    State(db): State<Database>,
    Path(slug): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<Comment>>, Problem> {
    let paging = query.check()?;
    Ok(Json(comment_store::list(&db, &slug, paging).await?))
}

pub async fn create(
    State(db): State<Database>,
    Path(slug): Path<String>,
    Json(input): Json<CommentInput>,
) -> Result<(StatusCode, Json<Comment>), Problem> {
    let comment = comment_store::create(&db, &slug, input.into_new()?).await?;
    Ok((StatusCode::CREATED, Json(comment)))
}
