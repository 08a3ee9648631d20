//! The header `Idempotency-Key`: what makes it safe to send a purchase twice.

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::web::Problem;

const MOST_CHARACTERS: usize = 200;

pub struct IdempotencyKey(pub String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let header = parts.headers.get("idempotency-key");
        let key = header.and_then(|value| str::from_utf8(value.as_bytes()).ok());
        match key.map(str::trim) {
            Some(key) if (1..=MOST_CHARACTERS).contains(&key.chars().count()) => {
                Ok(Self(key.to_owned()))
            }
            _ => Err(Problem::bad_request(format!(
                "the header Idempotency-Key must be there, with 1 to {MOST_CHARACTERS} characters"
            ))),
        }
    }
}
