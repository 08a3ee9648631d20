// The tables. After a change here, `npx drizzle-kit generate` writes the migration.

import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const STATUSES = ["todo", "doing", "done"];
export const PRIORITIES = ["low", "normal", "high"];

export const tasks = sqliteTable(
  "tasks",
  {
    // AUTOINCREMENT: the id of a deleted task is not given again.
    id: integer().primaryKey({ autoIncrement: true }),
    title: text().notNull(),
    description: text().notNull(),
    status: text({ enum: STATUSES }).notNull(),
    priority: text({ enum: PRIORITIES }).notNull(),
    due: text(),
    created_at: text().notNull(),
    updated_at: text().notNull(),
  },
  (table) => [
    index("tasks_by_creation").on(table.created_at, table.id),
    check("tasks_status", sql`${table.status} IN ('todo', 'doing', 'done')`),
    check("tasks_priority", sql`${table.priority} IN ('low', 'normal', 'high')`),
  ],
);
