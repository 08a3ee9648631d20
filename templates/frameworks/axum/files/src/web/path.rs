//! The parts of an address, such as the id in `/api/things/7`.

use axum::extract::{self, FromRequestParts, rejection::PathRejection};

use crate::error::Error;

/// axum's own `Path`, but what cannot be read is a 404: an id that is no number is nobody's.
#[derive(FromRequestParts)]
#[from_request(via(extract::Path), rejection(Error))]
pub(crate) struct Path<T>(pub(crate) T);

impl From<PathRejection> for Error {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}
