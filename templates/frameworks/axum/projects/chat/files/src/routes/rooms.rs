//! `/api/rooms`

use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};

use crate::{
    database::Database,
    domain::{
        message::{History, HistoryRange},
        message_store,
        room::{self, Room},
        room_store,
    },
    error::Error,
    input::{Fields, Page, Paging},
    web::{Json, Path, Query},
};

pub async fn list(
    State(db): State<Database>,
    Query(mut query): Query<Fields>,
) -> Result<Json<Page<Room>>, Error> {
    let paging = Paging::read(&mut query);
    let paging = query.finish(paging)?;
    Ok(Json(room_store::list(&db, paging).await?))
}

pub async fn create(
    State(db): State<Database>,
    Json(fields): Json<Fields>,
) -> Result<impl IntoResponse, Error> {
    let room = room_store::create(&db, &room::read_name(fields)?).await?;
    let location = format!("/api/rooms/{}", room.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(room)))
}

pub async fn show(State(db): State<Database>, Path(id): Path<i64>) -> Result<Json<Room>, Error> {
    Ok(Json(room_store::find(&db, id).await?))
}

pub async fn history(
    State(db): State<Database>,
    Path(id): Path<i64>,
    Query(query): Query<Fields>,
) -> Result<Json<History>, Error> {
    let range = HistoryRange::read(query)?;
    Ok(Json(message_store::history(&db, id, range).await?))
}
