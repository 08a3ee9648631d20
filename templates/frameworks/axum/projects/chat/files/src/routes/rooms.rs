//! `/api/rooms`

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};

use crate::{
    database::Database,
    domain::{
        message::{History, HistoryQuery},
        message_store,
        room::{Room, RoomInput},
        room_store,
    },
    input::{Id, Page, PageQuery},
    web::{Json, Path, Problem, Query},
};

pub async fn list(
    State(db): State<Database>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<Room>>, Problem> {
    Ok(Json(room_store::list(&db, query.check()?).await?))
}

pub async fn create(
    State(db): State<Database>,
    Json(input): Json<RoomInput>,
) -> Result<impl IntoResponse, Problem> {
    let room = room_store::create(&db, &input.check()?).await?;
    let location = format!("/api/rooms/{}", room.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(room)))
}

pub async fn show(
    State(db): State<Database>,
    Path(Id(id)): Path<Id>,
) -> Result<Json<Room>, Problem> {
    Ok(Json(room_store::find(&db, id).await?))
}

pub async fn history(
    State(db): State<Database>,
    Path(Id(id)): Path<Id>,
    Query(query): Query<HistoryQuery>,
) -> Result<Json<History>, Problem> {
    Ok(Json(message_store::history(&db, id, query.check()?).await?))
}
