// The tables. After a change here, `npx drizzle-kit generate` writes the migration.

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const rooms = sqliteTable("rooms", {
  // AUTOINCREMENT: the id of a deleted room is not given again.
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
  created_at: text().notNull(),
});

export const messages = sqliteTable(
  "messages",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    room_id: integer()
      .notNull()
      .references(() => rooms.id),
    author: text().notNull(),
    text: text().notNull(),
    sent_at: text().notNull(),
  },
  // A history is read room by room, from its end.
  (table) => [index("messages_by_room").on(table.room_id, table.id)],
);
