-- Times are texts in UTC, such as 2026-11-22T18:30:00.123456Z, and sort as such.
-- AUTOINCREMENT: the id of something deleted is not given out again.
-- STRICT: SQLite refuses values of another type than the column's.

CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('todo', 'doing', 'done')),
    priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high')),
    -- YYYY-MM-DD: the order of the texts is that of the days.
    due TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- The list is in this order unless another is asked for.
CREATE INDEX tasks_by_creation ON tasks (created_at, id);
