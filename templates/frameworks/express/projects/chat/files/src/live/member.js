// One connection: what comes on it, what goes out, and whether there is still somebody at its end.

import { readMessage } from "../messages.js";
import { log } from "../log.js";
import { Problem } from "../problem.js";
import { encode } from "./hub.js";
import { createOutbox } from "./outbox.js";

export function serveMember(socket, hub, roomId, name, pingMs) {
  const member = { roomId, name, tell: createOutbox(socket) };
  hub.join(member);
  socket.on("message", (data, isBinary) => {
    try {
      hub.say(member, read(data, isBinary));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      member.tell(encode("error", { detail: explain(error) }));
    }
  });
  // What breaks the protocol: `ws` has said so to the client, and closes the connection.
  socket.on("error", (error) => log.debug(error.message));
  socket.on("close", () => hub.leave(member));
  endWhenSilent(socket, pingMs);
}

function read(data, isBinary) {
  if (isBinary) throw new Problem(400, "a message has to be text, not bytes");
  try {
    return readMessage(JSON.parse(data)).text;
  } catch (error) {
    throw error instanceof SyntaxError ? new Problem(400, "a message has to be JSON") : error;
  }
}

/** Like `text is missing`, for each broken field. */
function explain({ message, members: { errors } }) {
  if (!errors) return message;
  return Object.entries(errors)
    .map(([name, broken]) => `${name} ${broken}`)
    .join(", ");
}

/** Who has not answered a ping by the time of the next one is gone. */
function endWhenSilent(socket, pingMs) {
  let answered = true;
  socket.on("pong", () => (answered = true));
  const ping = () => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  };
  // `setImmediate`: an answer that has come while the server was busy is read first.
  const timer = setInterval(() => setImmediate(ping), pingMs);
  socket.on("close", () => clearInterval(timer));
}
