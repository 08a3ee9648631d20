CREATE TABLE tasks (
    -- AUTOINCREMENT: the id of something deleted is not given out again.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('todo', 'doing', 'done')),
    priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high')),
    due TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX tasks_by_creation ON tasks (created_at, id);
