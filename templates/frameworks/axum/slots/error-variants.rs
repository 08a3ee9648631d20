    #[error("{}", .0.body_text())]
    Json(#[from] axum::extract::rejection::JsonRejection),
    #[error("{}", .0.body_text())]
    Path(#[from] axum::extract::rejection::PathRejection),
    #[error("{}", .0.body_text())]
    Query(#[from] axum::extract::rejection::QueryRejection),
