// Ids in paths.

import { notFound } from "../problem.js";

/** A positive integer in its usual form; with anything else nothing can be found. */
export function parseId(text) {
  const id = Number(text);
  if (!Number.isSafeInteger(id) || id < 1 || String(id) !== text) throw notFound();
  return id;
}
