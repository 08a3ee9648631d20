// The tasks in the database.

import { and, asc, desc, eq, sql } from "drizzle-orm";
import { write } from "../database.js";
import { notFound } from "../problem.js";
import { tasks } from "../schema.js";
import { now } from "../timestamps.js";
import { findPage } from "./pages.js";
import { contains } from "./search.js";

// What a list may be sorted by. SQLite's `lower` changes ASCII letters only.
const SORT_KEYS = {
  created_at: tasks.created_at,
  due: tasks.due,
  priority: sql`CASE ${tasks.priority} WHEN 'low' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END`,
  title: sql`lower(${tasks.title})`,
};

export function createTaskStore(db) {
  function create(values) {
    const created_at = now();
    const row = { ...values, created_at, updated_at: created_at };
    return write(db, (tx) => tx.insert(tasks).values(row).returning().get());
  }

  function find(id, tx = db) {
    const task = tx.select().from(tasks).where(eq(tasks.id, id)).get();
    if (!task) throw notFound();
    return task;
  }

  function list({ status, priority, q, sort, order, ...page }) {
    // The newest are first, unless the request says otherwise.
    const direction = (order ?? (sort ? "asc" : "desc")) === "asc" ? asc : desc;
    const where = and(
      status && eq(tasks.status, status),
      priority && eq(tasks.priority, priority),
      contains(q, tasks.title, tasks.description),
    );
    // Tasks without a due day are last in both directions; ties go by id.
    const sortKey = sql`${direction(SORT_KEYS[sort ?? "created_at"])} NULLS LAST`;
    return findPage(db, { from: tasks, where, orderBy: [sortKey, direction(tasks.id)] }, page);
  }

  /** Changes the fields that `values` has. */
  function update(id, values) {
    return write(db, (tx) => {
      const task = find(id, tx);
      if (Object.entries(values).every(([name, value]) => task[name] === value)) return task;
      const row = { ...values, updated_at: now(task.updated_at) };
      return tx.update(tasks).set(row).where(eq(tasks.id, id)).returning().get();
    });
  }

  async function remove(id) {
    const { changes } = await write(db, (tx) => tx.delete(tasks).where(eq(tasks.id, id)).run());
    if (changes === 0) throw notFound();
  }

  return { create, find, list, update, remove };
}
