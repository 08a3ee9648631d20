//! `/api/posts`

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};

use crate::{
    database::Database,
    domain::{
        post::Post,
        post_input::{PostInput, PostQuery},
        post_store,
    },
    input::Page,
    web::{Json, Path, Problem, Query},
};

pub async fn list(
    State(db): State<Database>,
    Query(query): Query<PostQuery>,
) -> Result<Json<Page<Post>>, Problem> {
    let (filter, paging) = query.check()?;
    Ok(Json(post_store::list(&db, &filter, paging).await?))
}

pub async fn create(
    State(db): State<Database>,
    Json(input): Json<PostInput>,
) -> Result<impl IntoResponse, Problem> {
    let post = post_store::create(&db, input.into_new()?).await?;
    let location = format!("/api/posts/{}", post.slug);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(post)))
}

/// A draft too: there are no accounts yet, so nobody could be told from its author.
pub async fn show(
    State(db): State<Database>,
    Path(slug): Path<String>,
) -> Result<Json<Post>, Problem> {
    Ok(Json(post_store::find(&db.readers, &slug).await?))
}

pub async fn change(
    State(db): State<Database>,
    Path(slug): Path<String>,
    Json(input): Json<PostInput>,
) -> Result<Json<Post>, Problem> {
    let change = input.into_change()?;
    Ok(Json(post_store::change(&db, &slug, change).await?))
}

pub async fn delete(
    State(db): State<Database>,
    Path(slug): Path<String>,
) -> Result<StatusCode, Problem> {
    post_store::delete(&db, &slug).await?;
    Ok(StatusCode::NO_CONTENT)
}
