// The tables. After a change here, `npx drizzle-kit generate` writes the migration.

import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const posts = sqliteTable(
  "posts",
  {
    // AUTOINCREMENT: the id of a deleted post is not given again.
    id: integer().primaryKey({ autoIncrement: true }),
    slug: text().notNull().unique(),
    title: text().notNull(),
    body: text().notNull(),
    published: integer({ mode: "boolean" }).notNull(),
    created_at: text().notNull(),
    updated_at: text().notNull(),
    // When it was published first; it stays when the post is withdrawn.
    published_at: text(),
  },
  (table) => [
    // The lists show published posts only, newest first.
    index("posts_by_publication")
      .on(table.published_at, table.id)
      .where(sql`published = 1`),
  ],
);

export const postTags = sqliteTable(
  "post_tags",
  {
    post_id: integer()
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    tag: text().notNull(),
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.post_id, table.tag] }),
    index("post_tags_by_tag").on(table.tag),
  ],
);

export const comments = sqliteTable(
  "comments",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    post_id: integer()
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    author: text().notNull(),
    body: text().notNull(),
    created_at: text().notNull(),
  },
  (table) => [index("comments_by_post").on(table.post_id, table.created_at, table.id)],
);
