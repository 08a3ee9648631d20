//! The header `Idempotency-Key`, which makes it safe to send a purchase twice.

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::error::Error;

pub struct IdempotencyKey(pub String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let header = parts.headers.get("idempotency-key");
        match header.and_then(|value| value.to_str().ok()).map(str::trim) {
            Some(key) if (1..=200).contains(&key.len()) => Ok(Self(key.to_owned())),
            _ => Err(Error::IdempotencyKey),
        }
    }
}
