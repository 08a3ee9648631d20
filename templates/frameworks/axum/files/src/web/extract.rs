//! axum's own extractors, but what they refuse is an [`Error`], and so a problem.

use axum::{
    extract::{self, FromRequest, FromRequestParts},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::error::Error;

/// A body in JSON, of a request or of a response.
///
/// Handlers take `Json<Fields>`, and read the fields by the rules in `domain`: so a response names
/// all fields that are not valid, where a type that derives `Deserialize` ends at the first.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(Error))]
pub struct Json<T>(pub T);

/// The parameters behind the `?` of an address.
#[derive(FromRequestParts)]
#[from_request(via(extract::Query), rejection(Error))]
pub struct Query<T>(pub T);

/// The parts of an address, such as the id in `/api/things/7`.
#[derive(FromRequestParts)]
#[from_request(via(extract::Path), rejection(Error))]
pub struct Path<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}
