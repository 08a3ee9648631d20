//! The answers as JSON: one object each, with the version of its form.

use crate::error::Error;
use serde::Serialize;

/// The version of every JSON answer.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Versioned<'a, T> {
    schema: u32,
    #[serde(flatten)]
    answer: &'a T,
}

/// `answer`, an object, with `"schema": 1` in front.
///
/// # Errors
/// Never for the answers of this program.
pub fn text<T: Serialize>(answer: &T) -> Result<String, Error> {
    let versioned = Versioned { schema: SCHEMA, answer };
    serde_json::to_string_pretty(&versioned).map_err(|error| Error {
        kind: crate::error::Kind::Bug,
        ..Error::user(format!("the answer is no JSON: {error}"))
    })
}
