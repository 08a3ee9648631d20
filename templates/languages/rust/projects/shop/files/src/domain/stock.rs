//! What happens when more is wanted than there is.

use serde::Serialize;

use crate::error::Error;

#[derive(Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Shortage {
    pub product_id: i64,
    pub requested: i64,
    pub available: i64,
}

/// Why a cart cannot be changed, or not be bought.
#[derive(Debug, thiserror::Error)]
pub enum StockError {
    #[error("there are fewer in stock than wanted")]
    Short(Vec<Shortage>),
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<sqlx::Error> for StockError {
    fn from(error: sqlx::Error) -> Self {
        Self::Other(error.into())
    }
}
