// The tasks in the database, and the rules for those that clients send.

import { contains, findPage, FIRST_PAGE, PAGING } from "./paging.js";
import { notFound } from "./problem.js";
import { day, line, lines, oneOf, orNull, readSent, readWhole, text } from "./rules.js";
import { laterThan, now } from "./timestamps.js";

const RULES = {
  title: line(1, 200),
  description: lines(0, 10_000),
  status: oneOf("todo", "doing", "done"),
  priority: oneOf("low", "normal", "high"),
  due: orNull(day),
};

const DEFAULTS = { description: "", status: "todo", priority: "normal", due: null };

// What a list may be sorted by, as SQL.
const COLUMNS = {
  created_at: "created_at",
  due: "due",
  priority: "CASE priority WHEN 'low' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END",
  // SQLite's `lower` knows ASCII letters only.
  title: "lower(title)",
};

const QUERY = {
  ...PAGING,
  status: RULES.status,
  priority: RULES.priority,
  q: text,
  sort: oneOf(...Object.keys(COLUMNS)),
  order: oneOf("asc", "desc"),
};

export function readTask(body) {
  return readWhole(RULES, body, DEFAULTS);
}

export function readTaskChange(body) {
  return readSent(RULES, body);
}

export function readTaskQuery(query) {
  return { ...FIRST_PAGE, status: null, priority: null, q: null, ...readSent(QUERY, query) };
}

/** What can be done with the tasks of a database. */
export function createTasks(database) {
  const insert = database.prepare(`
    INSERT INTO tasks (title, description, status, priority, due, created_at, updated_at)
    VALUES (@title, @description, @status, @priority, @due, @created_at, @updated_at)
    RETURNING *`);
  const select = database.prepare("SELECT * FROM tasks WHERE id = ?");
  const update = database.prepare(`
    UPDATE tasks SET title = @title, description = @description, status = @status,
      priority = @priority, due = @due, updated_at = @updated_at
    WHERE id = @id
    RETURNING *`);
  const remove = database.prepare("DELETE FROM tasks WHERE id = ?");

  function create(values) {
    const moment = now();
    return insert.get({ ...values, created_at: moment, updated_at: moment });
  }

  function find(id) {
    const task = select.get(id);
    if (!task) throw notFound();
    return task;
  }

  function findAll({ sort, order, ...values }) {
    // The newest are first, unless somebody says what or which way they want.
    const direction = (order ?? (sort ? "asc" : "desc")) === "asc" ? "ASC" : "DESC";
    const list = {
      from: `tasks
        WHERE (@status IS NULL OR status = @status)
          AND (@priority IS NULL OR priority = @priority)
          AND ${contains("title", "description")}`,
      // Tasks without a due day are last in both directions; equals go by id.
      order: `${COLUMNS[sort ?? "created_at"]} ${direction} NULLS LAST, id ${direction}`,
    };
    return findPage(database, list, values);
  }

  // A transaction that reads before it writes is IMMEDIATE: it takes the write lock at once, so that
  // what it has read is still true when it writes.
  const change = database.transaction((id, values) => {
    const task = find(id);
    if (Object.entries(values).every(([name, value]) => task[name] === value)) return task;
    return update.get({ ...task, ...values, updated_at: laterThan(task.updated_at) });
  }).immediate;

  function destroy(id) {
    if (remove.run(id).changes === 0) throw notFound();
  }

  return { create, find, findAll, change, destroy };
}
