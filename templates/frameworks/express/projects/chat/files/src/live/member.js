// One connection: what it receives, what it sends, and whether its other end still answers.

import { logger } from "../logger.js";
import { Problem } from "../problem.js";
import { parse } from "../rules/fields.js";
import { newMessage } from "../rules/messages.js";
import { encode } from "./hub.js";
import { createOutbox } from "./outbox.js";

/** Until the socket closes, it is a member of the room. */
export function serveMember(socket, hub, { roomId, name }, pingMs) {
  const member = {
    roomId,
    name,
    send: createOutbox(socket),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
  hub.join(member);
  socket.on("message", (data, isBinary) => {
    try {
      hub.say(member, readText(data, isBinary));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      member.send(encode("error", { detail: describe(error) }));
    }
  });
  // Frames that break the protocol: `ws` has told the client, and closes the connection.
  socket.on("error", (error) => logger.debug(error.message));
  socket.on("close", () => hub.leave(member));
  endWhenSilent(socket, pingMs);
}

function readText(data, isBinary) {
  if (isBinary) throw new Problem(400, "a message has to be text, not bytes");
  try {
    return parse(newMessage, JSON.parse(data)).text;
  } catch (error) {
    throw error instanceof SyntaxError ? new Problem(400, "a message has to be JSON") : error;
  }
}

/** Like `text is required`, for each invalid field. */
function describe({ message, members: { errors } }) {
  if (!errors) return message;
  return Object.entries(errors)
    .map(([name, messages]) => `${name} ${messages.join(", ")}`)
    .join(", ");
}

/** A client that has not answered a ping by the time of the next one is gone. */
function endWhenSilent(socket, pingMs) {
  let hasAnswered = true;
  socket.on("pong", () => (hasAnswered = true));
  const ping = () => {
    // The answer is not read while the hub has stopped reading.
    if (socket.isPaused) return;
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    socket.ping();
  };
  // `setImmediate`: an answer that has come while the server was busy is read first.
  const timer = setInterval(() => setImmediate(ping), pingMs);
  socket.on("close", () => clearInterval(timer));
}
