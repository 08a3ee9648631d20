//! `/api/posts`

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};

use crate::{
    database::Database,
    domain::{
        post::{Post, PostContent, PostFilter},
        post_store,
    },
    error::Error,
    input::{Fields, Page},
    web::{Json, Path, Query},
};

pub async fn list(
    State(db): State<Database>,
    Query(query): Query<Fields>,
) -> Result<Json<Page<Post>>, Error> {
    let filter = PostFilter::read(query)?;
    Ok(Json(post_store::list(&db, &filter).await?))
}

pub async fn create(
    State(db): State<Database>,
    Json(fields): Json<Fields>,
) -> Result<impl IntoResponse, Error> {
    let post = post_store::create(&db, PostContent::read(fields)?).await?;
    let location = format!("/api/posts/{}", post.slug);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(post)))
}

/// A draft too: there are no accounts yet, so its author cannot be told from others.
pub async fn show(
    State(db): State<Database>,
    Path(slug): Path<String>,
) -> Result<Json<Post>, Error> {
    Ok(Json(post_store::find(&db.readers, &slug).await?))
}

pub async fn change(
    State(db): State<Database>,
    Path(slug): Path<String>,
    Json(fields): Json<Fields>,
) -> Result<Json<Post>, Error> {
    Ok(Json(post_store::change(&db, &slug, fields).await?))
}

pub async fn delete(
    State(db): State<Database>,
    Path(slug): Path<String>,
) -> Result<StatusCode, Error> {
    post_store::delete(&db, &slug).await?;
    Ok(StatusCode::NO_CONTENT)
}
