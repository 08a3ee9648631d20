// The search in texts.

import { or, sql } from "drizzle-orm";

/** True where one of the columns contains the text; without a text there is no condition. */
export function contains(text, ...columns) {
  if (!text) return undefined;
  // Not LIKE, in which % and _ have a meaning. SQLite's `lower` changes ASCII letters only.
  return or(...columns.map((column) => sql`instr(lower(${column}), lower(${text})) > 0`));
}
