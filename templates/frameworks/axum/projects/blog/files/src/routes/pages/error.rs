//! Errors, as a page.

use askama::Template;
use axum::{
    body::Body,
    extract::Request,
    http::{
        HeaderValue,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    middleware::Next,
    response::Response,
};

use crate::{error::Error, web::problem};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    status: u16,
    title: &'static str,
    sentence: &'static str,
}

/// Programs that call the API get a problem, people a page.
pub async fn show(request: Request, next: Next) -> Result<Response, Error> {
    let is_api = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let text_html = HeaderValue::from_static("text/html; charset=utf-8");
    if is_api || !is_error || response.headers().get(CONTENT_TYPE) == Some(&text_html) {
        return Ok(response);
    }
    let page = ErrorPage {
        status: status.as_u16(),
        title: status.canonical_reason().unwrap_or("Error"),
        sentence: problem::sentence(status),
    };
    // Headers such as `Allow` stay.
    let (mut head, _) = response.into_parts();
    head.headers.remove(CONTENT_LENGTH);
    head.headers.insert(CONTENT_TYPE, text_html);
    Ok(Response::from_parts(head, Body::from(page.render()?)))
}
