// The pages of a list, `?page=` and `?per_page=`, and the search in one.

import { digits } from "./rules.js";

/** The rules for the part of a list that is asked for. Pages count from 1. */
export const PAGING = { page: digits(1), per_page: digits(1, 100) };

export const FIRST_PAGE = { page: 1, per_page: 20 };

/**
 * One page of a list, and how many items there are on all pages. `from` is SQL from the tables to
 * the conditions, with `@name` for each of `values`: no text of a client ever becomes SQL.
 */
export function findPage(database, { columns = "*", from, order }, values) {
  const { page, per_page } = values;
  const total = database.prepare(`SELECT count(*) FROM ${from}`).pluck().get(values);
  // A page far past the end is empty, not an overflow.
  const offset = Math.min((page - 1) * per_page, Number.MAX_SAFE_INTEGER);
  const items = database
    .prepare(`SELECT ${columns} FROM ${from} ORDER BY ${order} LIMIT @per_page OFFSET @offset`)
    .all({ ...values, offset });
  return { items, page, per_page, total };
}

/** SQL that is true where one of the columns has the text `@q`, or where there is none. */
export function contains(...columns) {
  // Not LIKE, in which % and _ have a meaning. SQLite's `lower` knows ASCII letters only.
  const found = columns.map((column) => `instr(lower(${column}), lower(@q)) > 0`);
  return `(@q IS NULL OR ${found.join(" OR ")})`;
}
