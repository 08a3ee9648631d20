// Who is in which room at this moment, and what they say to each other.

import { log } from "../log.js";
import { Problem } from "../problem.js";
import { now } from "../timestamps.js";

/** A member has `roomId`, `name`, and the function `tell`, which takes texts that are encoded. */
export function createHub(messages) {
  // For each room its members by name, in the order of joining.
  const rooms = new Map();
  let said = [];

  function checkFree(roomId, name) {
    if (rooms.get(roomId)?.has(name)) {
      throw new Problem(409, "somebody in this room has this name already");
    }
  }

  /** Whoever calls this has checked that the name is free. */
  function join(member) {
    const { roomId, name } = member;
    tell(roomId, encode("joined", { name }));
    if (!rooms.has(roomId)) rooms.set(roomId, new Map());
    const members = rooms.get(roomId).set(name, member);
    member.tell(encode("welcome", { members: [...members.keys()] }));
  }

  function leave({ roomId, name }) {
    const members = rooms.get(roomId);
    members.delete(name);
    if (members.size === 0) rooms.delete(roomId);
    tell(roomId, encode("left", { name }));
  }

  /** What is said in the same moment is stored together, and told after that. */
  function say(member, text) {
    const { roomId, name } = member;
    said.push({ member, message: { room_id: roomId, author: name, text, sent_at: now() } });
    if (said.length === 1) setImmediate(storeAndTell);
  }

  function storeAndTell() {
    const batch = said;
    said = [];
    try {
      const stored = messages.storeAll(batch.map(({ message }) => message));
      // One after the other, for everybody in the order of the history.
      for (const message of stored) tell(message.room_id, encode("message", message));
    } catch (error) {
      log.error(error);
      const sorry = encode("error", { detail: "your message could not be stored" });
      for (const { member } of batch) member.tell(sorry);
    }
  }

  function tell(roomId, encoded) {
    for (const member of rooms.get(roomId)?.values() ?? []) member.tell(encoded);
  }

  return { checkFree, join, leave, say };
}

/** The bytes of a text are made once, and shared by all who get it. */
export function encode(type, values) {
  return Buffer.from(JSON.stringify({ type, ...values }));
}
