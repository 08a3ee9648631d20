//! What can go wrong between a request that could be read and its answer.

use crate::input::FieldErrors;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is nothing at this address")]
    NotFound,
    #[error("{0}")]
    Conflict(&'static str),
    #[error("some fields are not valid")]
    Invalid(#[from] FieldErrors),
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}
