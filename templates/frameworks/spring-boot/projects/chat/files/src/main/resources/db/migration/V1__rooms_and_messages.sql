-- Times are texts in UTC, such as 2026-11-22T18:30:00.123456Z, and sort as such.
-- AUTOINCREMENT: the id of something deleted is not given out again.
-- STRICT: SQLite refuses values of another type than the column's.

CREATE TABLE rooms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    sent_at TEXT NOT NULL
) STRICT;

-- A history is read room by room, from its end.
CREATE INDEX messages_of_room ON messages (room_id, id);
