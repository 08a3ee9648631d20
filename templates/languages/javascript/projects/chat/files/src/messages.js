// The messages in the database, and the rules for those that clients send.

import { digits, lines, oneOf, readSent, readWhole } from "./rules.js";

const MESSAGE = { type: oneOf("message"), text: lines(1, 2000) };
const HISTORY = { before: digits(1), limit: digits(1, 100) };

export function readMessage(sent) {
  return readWhole(MESSAGE, sent);
}

export function readHistoryQuery(query) {
  return { before: Number.MAX_SAFE_INTEGER, limit: 50, ...readSent(HISTORY, query) };
}

/** What can be done with the messages of a database. */
export function createMessages(database) {
  const insert = database.prepare(`
    INSERT INTO messages (room_id, author, text, sent_at)
    VALUES (@room_id, @author, @text, @sent_at)
    RETURNING *`);
  const select = database.prepare(`
    SELECT * FROM messages WHERE room_id = @room_id AND id < @before
    ORDER BY id DESC LIMIT @limit + 1`);

  // In one transaction: one write to the disk for as many as there are.
  const storeAll = database.transaction((said) => said.map((message) => insert.get(message)));

  /** The newest that are older than `before`; the oldest of them comes first. */
  function history(room_id, { before, limit }) {
    const found = select.all({ room_id, before, limit });
    // One more than wanted tells whether there are older ones still.
    return { items: found.slice(0, limit).reverse(), has_more: found.length > limit };
  }

  return { storeAll, history };
}
