    #[error("somebody in this room has this name already")]
    NameInUse,
    #[error("a page of another site may not join")]
    OtherSite,
    #[error("this address is for WebSockets")]
    NoWebSocket,
