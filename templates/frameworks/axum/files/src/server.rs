//! Puts the application together: the project's routes, and what every server needs around them.

use std::{future::poll_fn, pin::Pin, time::Duration};

use axum::{
    BoxError, Router,
    body::HttpBody,
    extract::{DefaultBodyLimit, Request},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, EXPECT, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::map_request,
    response::IntoResponse,
    routing::{any, get},
};
use tokio::time::timeout;
use tower_http::{
    catch_panic::CatchPanicLayer,
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
    trace::{DefaultMakeSpan, DefaultOnResponse, TraceLayer},
};
use tracing::Level;

use crate::{
    config::Variables,
    database::Database,
    routes,
    shutdown::Background,
    web::{Problem, health},
};

const MOST_BODY_BYTES: usize = 1024 * 1024;

/// How long a request may take, its body included: a client that stops half-way is answered 408.
/// Headers have no limit here (axum #2741): the proxy in front of the server sets one.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// Scripts, styles and images from this server only, and none inside the page's text.
const CONTENT_POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What routes can be made of.
#[derive(Clone, Debug)]
pub struct Context {
    pub db: Database,
    pub variables: Variables,
    pub background: Background,
}

/// Fails where the routes cannot do their work, for example with a setting they do not understand.
pub async fn app(context: &Context) -> Result<Router, BoxError> {
    let api = routes::api(context)
        .await?
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(map_request(refuse_large_body));

    let app = Router::new()
        .nest("/api", api)
        // The one address under `/api` that `nest` leaves out.
        .route("/api/", any(async || Problem::not_found()))
        .merge(routes::pages(context))
        .route("/healthz", get(health::check).with_state(context.db.clone()))
        .route("/openapi.json", get(openapi))
        // A layer wraps all above it: the last one sees a request first, and its answer last.
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_TIMEOUT))
        .layer(CatchPanicLayer::custom(|_| Problem::internal().into_response()))
        .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(CONTENT_SECURITY_POLICY, CONTENT_POLICY))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(DefaultMakeSpan::new().level(Level::INFO))
                .on_response(DefaultOnResponse::new().level(Level::INFO))
                // A 5xx is a response too, and its cause has been logged.
                .on_failure(()),
        );
    Ok(app)
}

/// Before any handler: some read no body, and would not notice.
async fn refuse_large_body(request: Request) -> Result<Request, Problem> {
    if request.body().size_hint().lower() <= MOST_BODY_BYTES as u64 {
        return Ok(request);
    }
    // Who asks before sending has sent nothing yet, and need not.
    if request.headers().contains_key(EXPECT) {
        return Err(Problem::too_large());
    }
    // Other clients read the answer only after they have sent everything: they get a second for it.
    let mut body = request.into_body();
    let discard =
        async { while let Some(Ok(_)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {} };
    let _ = timeout(Duration::from_secs(1), discard).await;
    Err(Problem::too_large())
}

/// The description of the API. It is part of the program: what is served is what was built.
async fn openapi() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "application/json")];
    (headers, include_str!("../openapi.json"))
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
