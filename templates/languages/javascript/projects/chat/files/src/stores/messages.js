// The messages in the database.

import { and, desc, eq, lt } from "drizzle-orm";
import { write } from "../database.js";
import { messages } from "../schema.js";

export function createMessageStore(db) {
  /** In one transaction: one write to the disk for as many as there are. */
  function createAll(rows) {
    return write(db, (tx) => tx.insert(messages).values(rows).returning().all());
  }

  /** The newest that are older than `before`; the oldest of them comes first. */
  function history(room_id, { before, limit }) {
    const where = and(eq(messages.room_id, room_id), lt(messages.id, before));
    const newest = db.select().from(messages).where(where).orderBy(desc(messages.id));
    // One more than requested tells whether there are older ones still.
    const found = newest.limit(limit + 1).all();
    return { items: found.slice(0, limit).reverse(), has_more: found.length > limit };
  }

  return { createAll, history };
}
