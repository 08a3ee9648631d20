// `/api/rooms/{id}/live`: here a request becomes a WebSocket.

import { Router } from "express";
import { serveMember } from "../live/member.js";
import { checkOrigin } from "../live/sockets.js";
import { Problem } from "../problem.js";
import { parse } from "../rules/fields.js";
import { parseId } from "../rules/ids.js";
import { newMember } from "../rules/rooms.js";

export function liveRoutes(rooms, hub, { sockets, pingMs }) {
  const router = Router();

  router.get("/:id/live", (request, response) => {
    const room = rooms.find(parseId(request.params.id));
    const { name } = parse(newMember, request.query);
    hub.checkNameIsFree(room.id, name);
    // A socket that does not open gives its page no reason: the page asks again without an upgrade.
    if (request.head === undefined) {
      response.set({ Upgrade: "websocket", Connection: "Upgrade" });
      throw new Problem(426, "this address needs a WebSocket");
    }
    checkOrigin(request);
    // Nothing here waits, so the name is still free.
    sockets.handleUpgrade(request, request.socket, request.head, (socket) => {
      response.detachSocket(request.socket);
      serveMember(socket, hub, { roomId: room.id, name }, pingMs);
    });
  });

  return router;
}
