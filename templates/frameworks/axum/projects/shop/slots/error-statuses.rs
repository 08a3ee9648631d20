            Self::CartEmpty => problem(StatusCode::CONFLICT, &detail, &json!({})),
            Self::Shortage(items) => {
                problem(StatusCode::CONFLICT, &detail, &json!({ "items": items }))
            }
            Self::IdempotencyKey => problem(StatusCode::BAD_REQUEST, &detail, &json!({})),
