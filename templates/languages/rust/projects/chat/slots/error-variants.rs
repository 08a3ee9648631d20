    #[error("there is a room of this name already")]
    RoomExists,
