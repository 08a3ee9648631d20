    /// axum could not read the request: with which status, and why.
    #[error("{1}")]
    Rejected(axum::http::StatusCode, String),
