//! Problems, as a page.

use askama::Template;
use axum::{
    body::Body,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{Html, Response},
};

use super::render;
use crate::web::Problem;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    problem: Problem,
}

/// Shows a problem that a page answered with, or the empty 404 of a file that is not there.
pub async fn show(response: Response) -> Response {
    let problem = match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        None if response.status() == StatusCode::NOT_FOUND => Problem::not_found(),
        None => return response,
    };
    let Ok(Html(html)) = render(&ErrorPage { problem }) else {
        return response;
    };
    // The status stays, and headers such as `Allow` do.
    let (mut head, _) = response.into_parts();
    head.headers.remove(CONTENT_LENGTH);
    let text_html = HeaderValue::from_static("text/html; charset=utf-8");
    head.headers.insert(CONTENT_TYPE, text_html);
    Response::from_parts(head, Body::from(html))
}
