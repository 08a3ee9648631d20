// The rooms in the database.

import { asc, eq } from "drizzle-orm";
import { write } from "../database.js";
import { notFound, Problem } from "../problem.js";
import { rooms } from "../schema.js";
import { now } from "../timestamps.js";
import { findPage } from "./pages.js";

export function createRoomStore(db) {
  async function create(values) {
    const row = { ...values, created_at: now() };
    const insert = (tx) => tx.insert(rooms).values(row).onConflictDoNothing().returning().get();
    const room = await write(db, insert);
    if (!room) throw new Problem(409, "there is a room of this name already");
    return room;
  }

  function find(id) {
    const room = db.select().from(rooms).where(eq(rooms.id, id)).get();
    if (!room) throw notFound();
    return room;
  }

  function list(page) {
    return findPage(db, { from: rooms, orderBy: [asc(rooms.name)] }, page);
  }

  return { create, find, list };
}
