-- Times are texts in UTC, such as 2026-11-22T18:30:00.123456Z, and sort as such.
-- AUTOINCREMENT: the id of something deleted is not given out again.
-- STRICT: SQLite refuses values of another type than the column's.

CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    published INTEGER NOT NULL CHECK (published IN (0, 1)),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    published_at TEXT
) STRICT;

-- The lists show published posts only, newest first.
CREATE INDEX posts_by_publication ON posts (published_at, id) WHERE published = 1;

CREATE TABLE post_tags (
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (post_id, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_tags_by_tag ON post_tags (tag);

CREATE TABLE comments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE INDEX comments_by_post ON comments (post_id, created_at, id);
