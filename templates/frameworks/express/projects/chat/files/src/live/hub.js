// Who is in which room at this moment, and what they say to each other.

import { logger } from "../logger.js";
import { Problem } from "../problem.js";
import { now } from "../timestamps.js";

// So many messages may wait to be stored; then no more are read from those who send them.
const MAX_WAITING = 1_000;

/**
 * A member has `roomId`, `name`, and functions: `send`, which takes encoded events, and `pause` and
 * `resume`, which stop and go on reading.
 */
export function createHub(messages) {
  // For each room its members by name, in the order of joining.
  const rooms = new Map();
  // Messages that are not stored yet, each with its sender.
  let waiting = [];
  let isStoring = false;
  const paused = new Set();

  function checkNameIsFree(roomId, name) {
    if (rooms.get(roomId)?.has(name)) {
      throw new Problem(409, "somebody in this room has this name already");
    }
  }

  /** The caller has checked that the name is free. */
  function join(member) {
    const { roomId, name } = member;
    broadcast(roomId, encode("joined", { name }));
    if (!rooms.has(roomId)) rooms.set(roomId, new Map());
    const members = rooms.get(roomId).set(name, member);
    member.send(encode("welcome", { members: [...members.keys()] }));
  }

  function leave({ roomId, name }) {
    const members = rooms.get(roomId);
    members.delete(name);
    if (members.size === 0) rooms.delete(roomId);
    broadcast(roomId, encode("left", { name }));
  }

  /** Messages that come at the same time are stored together, and sent after that. */
  function say(sender, text) {
    const row = { room_id: sender.roomId, author: sender.name, text, sent_at: now() };
    waiting.push({ sender, row });
    if (waiting.length >= MAX_WAITING) {
      sender.pause();
      paused.add(sender);
    }
    if (waiting.length === 1 && !isStoring) setImmediate(storeAndSend);
  }

  async function storeAndSend() {
    isStoring = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const stored = await messages.createAll(batch.map(({ row }) => row));
        // One after the other, for everybody in the order of the history.
        for (const message of stored) broadcast(message.room_id, encode("message", message));
      } catch (error) {
        logger.error(error);
        const failure = encode("error", { detail: "your message could not be stored" });
        for (const { sender } of batch) sender.send(failure);
      }
    }
    isStoring = false;
    for (const sender of paused) sender.resume();
    paused.clear();
  }

  function broadcast(roomId, encoded) {
    for (const member of rooms.get(roomId)?.values() ?? []) member.send(encoded);
  }

  return { checkNameIsFree, join, leave, say };
}

/** An event is encoded once, for all who get it. */
export function encode(type, values) {
  return Buffer.from(JSON.stringify({ type, ...values }));
}
