//! What a request passes on its way to a route, and the response on its way back.

use std::time::Duration;

use axum::{
    Router,
    body::HttpBody,
    extract::{DefaultBodyLimit, Request},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_SECURITY_POLICY, EXPECT, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::{map_request, map_response},
    response::IntoResponse,
};
use http_body_util::BodyExt;
use tokio::time::timeout;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
    trace::{DefaultMakeSpan, DefaultOnResponse, TraceLayer},
};
use tracing::Level;

use super::problem;

const MAX_BODY_BYTES: usize = 1024 * 1024;

/// For a request with its body. Headers have no limit here (see tokio-rs/axum#2741): the proxy in
/// front of the server sets one.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// Scripts, styles and images from this server only, and none inside the page's text.
const CONTENT_POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Each layer wraps those above it: the last one sees a request first, and its response last.
pub fn around(routes: Router) -> Router {
    routes
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(map_request(refuse_large_body))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .layer(CatchPanicLayer::custom(|_| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(map_response(problem::explain))
        .layer(CompressionLayer::new())
        .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(REFERRER_POLICY, "same-origin"))
        .layer(header(CONTENT_SECURITY_POLICY, CONTENT_POLICY))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(DefaultMakeSpan::new().level(Level::INFO))
                .on_response(DefaultOnResponse::new().level(Level::INFO))
                // A 5xx has a response too, and its cause is in the log already.
                .on_failure(()),
        )
}

/// Refuses a body whose length says that it is too large, before a handler reads it.
async fn refuse_large_body(request: Request) -> Result<Request, StatusCode> {
    if request.body().size_hint().lower() <= MAX_BODY_BYTES as u64 {
        return Ok(request);
    }
    // Many clients read the response after they have sent everything (tokio-rs/axum#1703), but one
    // that sends `Expect` waits for it.
    if !request.headers().contains_key(EXPECT) {
        let mut body = request.into_body();
        let discard = async { while let Some(Ok(_)) = body.frame().await {} };
        let _ = timeout(Duration::from_secs(1), discard).await;
    }
    Err(StatusCode::PAYLOAD_TOO_LARGE)
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
