// A request for another protocol goes through Express like any other: what stands before a route
// stands before its sockets too.

import { ServerResponse } from "node:http";
import { Problem } from "../problem.js";

/** A route may take the connection over; whatever answers instead has refused the upgrade. */
export function routeUpgrades(server) {
  server.on("upgrade", (request, socket, head) => {
    // From here on the connection is ours: Node.js looks after it no more.
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

export function wantsSocket(request) {
  return request.head !== undefined;
}

/** A page of another site must not read the rooms in a visitor's name; no browser, no `Origin`. */
export function checkOrigin(request) {
  const origin = request.get("Origin");
  if (origin !== undefined && URL.parse(origin)?.host !== request.get("Host")?.toLowerCase()) {
    throw new Problem(403, "this page is of another site");
  }
}
