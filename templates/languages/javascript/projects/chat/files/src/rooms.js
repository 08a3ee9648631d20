// The rooms in the database, and the rules for those that clients open or join.

import { findPage, FIRST_PAGE, PAGING } from "./paging.js";
import { notFound, Problem } from "./problem.js";
import { line, matching, readSent, readWhole } from "./rules.js";
import { now } from "./timestamps.js";

const ROOM = { name: matching(/^[a-z0-9-]{1,40}$/, "1 to 40 of the characters a-z, 0-9 and -") };
const NEWCOMER = { name: line(1, 40) };

export function readRoom(body) {
  return readWhole(ROOM, body);
}

export function readNewcomer(query) {
  return readWhole(NEWCOMER, query);
}

export function readRoomQuery(query) {
  return { ...FIRST_PAGE, ...readSent(PAGING, query) };
}

/** What can be done with the rooms of a database. */
export function createRooms(database) {
  const insert = database.prepare(`
    INSERT INTO rooms (name, created_at) VALUES (@name, @created_at)
    ON CONFLICT (name) DO NOTHING
    RETURNING *`);
  const select = database.prepare("SELECT * FROM rooms WHERE id = ?");

  function create(values) {
    const room = insert.get({ ...values, created_at: now() });
    if (!room) throw new Problem(409, "there is a room of this name already");
    return room;
  }

  function find(id) {
    const room = select.get(id);
    if (!room) throw notFound();
    return room;
  }

  function findAll(values) {
    return findPage(database, { from: "rooms", order: "name" }, values);
  }

  return { create, find, findAll };
}
