            Self::RoomExists | Self::NameInUse => problem(StatusCode::CONFLICT, &detail, None),
            Self::OtherSite => problem(StatusCode::FORBIDDEN, &detail, None),
            Self::NoWebSocket => problem(StatusCode::UPGRADE_REQUIRED, &detail, None),
