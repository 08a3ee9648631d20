            Self::Draft => problem(StatusCode::CONFLICT, &detail, None),
            Self::Template(error) => {
                tracing::error!(%error, "a template failed");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
