//! The one form of all errors: RFC 9457, `application/problem+json`.

use std::borrow::Cow;

use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use crate::{database::is_busy, error::Error, input::FieldErrors};

#[derive(Clone, Debug)]
pub struct Problem {
    pub status: StatusCode,
    pub detail: Cow<'static, str>,
    /// Further members, such as `errors`.
    members: Map<String, Value>,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { status, detail: detail.into(), members: Map::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.members.insert(name.to_owned(), value);
        self
    }

    pub fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is nothing at this address")
    }

    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "this address does not offer this method")
    }

    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large")
    }

    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "the database is busy, try again soon")
    }

    /// The cause belongs in the log, not in the answer.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "something went wrong on our side")
    }

    pub fn title(&self) -> &'static str {
        self.status.canonical_reason().unwrap_or("Unknown")
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Conflict(detail) => Self::new(StatusCode::CONFLICT, detail),
            Error::Invalid(errors) => errors.into(),
            Error::Database(error) if is_busy(&error) => {
                tracing::warn!(%error, "the database is busy");
                Self::busy()
            }
            Error::Database(error) => {
                tracing::error!(%error, "the database failed");
                Self::internal()
            }
        }
    }
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "some fields are not valid")
            .with("errors", json!(errors))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = self.members.clone();
        body.insert("type".into(), "about:blank".into());
        body.insert("title".into(), self.title().into());
        body.insert("status".into(), self.status.as_u16().into());
        body.insert("detail".into(), self.detail.clone().into());

        let mut response = (self.status, Json(body)).into_response();
        let problem_json = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(CONTENT_TYPE, problem_json);
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        // For pages, which show the same problem to people.
        response.extensions_mut().insert(self);
        response
    }
}
