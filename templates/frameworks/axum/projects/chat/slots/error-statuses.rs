            Self::RoomExists | Self::NameInUse => {
                problem(StatusCode::CONFLICT, &detail, &json!({}))
            }
            Self::OtherSite => problem(StatusCode::FORBIDDEN, &detail, &json!({})),
            Self::NoWebSocket => problem(StatusCode::UPGRADE_REQUIRED, &detail, &json!({})),
