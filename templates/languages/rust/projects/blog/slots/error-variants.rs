    #[error("a draft takes no comments")]
    Draft,
    #[error("a template failed: {0}")]
    Template(#[from] askama::Error),
