// The WebSockets of the server: how requests become sockets, and how all of them are closed.

import { ServerResponse } from "node:http";
import { WebSocketServer } from "ws";
import { Problem } from "../problem.js";

const MAX_MESSAGE_BYTES = 65_536;

// How long a client may take to answer a closing frame.
const CLOSE_TIMEOUT_MS = 1_500;

export function createSockets() {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    // Each text would be compressed again for each member, and short ones hardly get shorter.
    perMessageDeflate: false,
  });
  // A handshake that is broken: the error handler of Express makes the response.
  sockets.on("wsClientError", (error) => {
    throw new Problem(400, error.message);
  });
  return sockets;
}

/** Node.js serves any other protocol that a client offers, such as h2c, as plain HTTP. */
export function isWebSocket(request) {
  return request.headers.upgrade.toLowerCase() === "websocket";
}

/**
 * Sends a request for a WebSocket through Express like any other: what stands before a route stands
 * before its sockets too. The route takes the connection over, or responds and so refuses it.
 * Node.js makes no response for an upgrade, and ws would refuse one without headers, log and problem.
 */
export function routeUpgrades(server) {
  server.on("upgrade", (request, socket, head) => {
    // From here on Node.js does not look after the connection.
    socket.on("error", () => socket.destroy());
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.setHeader("Connection", "close");
    response.on("finish", () => socket.destroySoon());
    // What has come after the request already.
    request.head = head;
    server.emit("request", request, response);
  });
}

/** A page of another site must not read the rooms in a visitor's name. Other clients send no `Origin`. */
export function checkOrigin(request) {
  const origin = request.get("Origin");
  if (origin !== undefined && URL.parse(origin)?.host !== request.get("Host")?.toLowerCase()) {
    throw new Problem(403, "this page is of another site");
  }
}

/** With 1001, "going away"; nobody can join any more. */
export function closeSockets(sockets) {
  sockets.close();
  for (const socket of sockets.clients) socket.close(1001, "the server stops");
}
