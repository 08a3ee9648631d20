//! The files below `static/`.

use std::{io::ErrorKind, path::Path};

use axum::{body::Body, extract::Request, http::StatusCode, response::Response};
use tower_http::services::ServeDir;

use super::Problem;

const FOLDER: &str = "static";

/// Whether the files can be found: the folder is looked for where the server was started.
pub fn are_here() -> bool {
    Path::new(FOLDER).is_dir()
}

pub async fn serve(request: Request) -> Result<Response, Problem> {
    let mut folder = ServeDir::new(FOLDER).append_index_html_on_directories(false);
    match folder.try_call(request).await {
        Ok(response) if response.status() == StatusCode::NOT_FOUND => Err(Problem::not_found()),
        Ok(response) => Ok(response.map(Body::new)),
        Err(error) if is_no_file(error.kind()) => Err(Problem::not_found()),
        Err(error) => {
            tracing::error!(%error, "a file cannot be read");
            Err(Problem::internal())
        }
    }
}

fn is_no_file(kind: ErrorKind) -> bool {
    use ErrorKind::{InvalidFilename, NotADirectory, NotFound, PermissionDenied};

    // `InvalidFilename`: the name is too long for the file system.
    matches!(kind, NotFound | PermissionDenied | NotADirectory | InvalidFilename)
}
