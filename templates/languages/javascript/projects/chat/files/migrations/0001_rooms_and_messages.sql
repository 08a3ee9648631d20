CREATE TABLE rooms (
    -- AUTOINCREMENT: the id of something deleted is not given out again.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    room_id INTEGER NOT NULL REFERENCES rooms (id),
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    sent_at TEXT NOT NULL
) STRICT;

-- A history is read room by room, from its end.
CREATE INDEX messages_by_room ON messages (room_id, id);
