// Every address of the chat, and the function that answers it.

import { Router } from "express";
import { ROOT, wholeNumber } from "../config.js";
import { createHub } from "../live/hub.js";
import { createMessages } from "../messages.js";
import { createRooms } from "../rooms.js";
import { routeUpgrades } from "../web/upgrades.js";
import { liveRoutes } from "./live.js";
import { roomRoutes } from "./rooms.js";

/** Errors are problems everywhere, for no page is made on the server. */
export function routes(database) {
  const rooms = createRooms(database);
  const messages = createMessages(database);
  const pingMs = 1000 * wholeNumber("PING_SECONDS", 15, 1, 3600);
  const live = liveRoutes(rooms, createHub(messages), pingMs);

  const api = Router();
  api.use(roomRoutes(rooms, messages), live.router);
  const pages = Router();
  pages.get("/", (request, response) => {
    response.sendFile("static/index.html", { root: ROOT });
  });
  return { api, pages, attach: routeUpgrades, close: live.close };
}
