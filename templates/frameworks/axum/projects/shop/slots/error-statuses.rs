            Self::CartEmpty => problem(StatusCode::CONFLICT, &detail, None),
            Self::Shortage(items) => {
                problem(StatusCode::CONFLICT, &detail, Some(("items", json!(items))))
            }
            Self::IdempotencyKey => problem(StatusCode::BAD_REQUEST, &detail, None),
