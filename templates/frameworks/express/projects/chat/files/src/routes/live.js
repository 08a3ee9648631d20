// `/api/rooms/{id}/live`: the sockets

import { Router } from "express";
import { WebSocketServer } from "ws";
import { serveMember } from "../live/member.js";
import { Problem } from "../problem.js";
import { readNewcomer } from "../rooms.js";
import { readId } from "../rules.js";
import { notOffered } from "../web/problems.js";
import { checkOrigin, wantsSocket } from "../web/upgrades.js";

const MOST_MESSAGE_BYTES = 65_536;

// How long a client may take to say good-bye.
const GOODBYE_MS = 1_500;

export function liveRoutes(rooms, hub, pingMs) {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_MESSAGE_BYTES,
    closeTimeout: GOODBYE_MS,
    // Each text would be packed anew for each member, and short ones hardly get shorter.
    perMessageDeflate: false,
  });
  // A handshake that is broken: the answer is made by Express, as for all problems.
  sockets.on("wsClientError", (error) => {
    throw new Problem(400, error.message);
  });

  const router = Router({ strict: true, caseSensitive: true });
  router
    .route("/rooms/:id/live")
    .get((request, response) => {
      const room = rooms.find(readId(request.params.id));
      const { name } = readNewcomer(request.query);
      hub.checkFree(room.id, name);
      // A socket that does not open tells its page no reason: the page asks for it here, without one.
      if (!wantsSocket(request)) {
        response.set({ Upgrade: "websocket", Connection: "Upgrade" });
        throw new Problem(426, "a WebSocket is needed here");
      }
      checkOrigin(request);
      // Nothing here waits, so the name is still free.
      sockets.handleUpgrade(request, request.socket, request.head, (socket) => {
        response.detachSocket(request.socket);
        serveMember(socket, hub, room.id, name, pingMs);
      });
    })
    .all(notOffered);

  function close() {
    // Whoever still wants to join is refused.
    sockets.close();
    for (const socket of sockets.clients) socket.close(1001, "the server stops");
  }

  return { router, close };
}
