// Pages of lists.

import { count } from "drizzle-orm";

/** One page of a list, and the number of items on all pages, both from the same snapshot. */
export function findPage(db, { columns, from, where, orderBy }, { page, per_page }) {
  // A page far past the end is empty, not an overflow.
  const offset = Math.min((page - 1) * per_page, Number.MAX_SAFE_INTEGER);
  return db.transaction((tx) => {
    const { total } = tx.select({ total: count() }).from(from).where(where).get();
    const found = tx
      .select(columns)
      .from(from)
      .where(where)
      .orderBy(...orderBy);
    return { items: found.limit(per_page).offset(offset).all(), page, per_page, total };
  });
}
