//! axum's own extractors for paths, queries and forms, with problems for answers.

use axum::extract::{
    self, FromRequest, FromRequestParts,
    rejection::{FormRejection, PathRejection, QueryRejection},
};
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use super::Problem;

#[derive(FromRequestParts)]
#[from_request(via(extract::Path), rejection(Problem))]
pub struct Path<T>(pub T);

#[derive(FromRequest)]
#[from_request(via(extract::Form), rejection(Problem))]
pub struct Form<T>(pub T);

/// Stricter than axum's, which would replace what it cannot decode, and search for that.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if !is_decodable(parts.uri.query().unwrap_or_default()) {
            return Err(Problem::bad_request("the query has a broken %-escape"));
        }
        let extract::Query(query) = extract::Query::from_request_parts(parts, state).await?;
        Ok(Self(query))
    }
}

fn is_decodable(query: &str) -> bool {
    let is_escape = |rest: &str| {
        rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    query.split('%').skip(1).all(is_escape) && percent_decode_str(query).decode_utf8().is_ok()
}

/// A path that cannot be read leads nowhere.
impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::not_found()
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::bad_request(rejection.body_text())
    }
}

impl From<FormRejection> for Problem {
    fn from(rejection: FormRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}
