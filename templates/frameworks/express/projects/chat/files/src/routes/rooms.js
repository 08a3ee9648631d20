// `/api/rooms` and their messages

import { Router } from "express";
import { parse } from "../rules/fields.js";
import { parseId } from "../rules/ids.js";
import { historyQuery } from "../rules/messages.js";
import { newRoom, roomQuery } from "../rules/rooms.js";

export function roomRoutes(rooms, messages) {
  const router = Router();

  router.get("/", (request, response) => {
    response.json(rooms.list(parse(roomQuery, request.query)));
  });

  router.post("/", async (request, response) => {
    const room = await rooms.create(parse(newRoom, request.body));
    response.status(201).location(`/api/rooms/${room.id}`).json(room);
  });

  router.get("/:id", (request, response) => {
    response.json(rooms.find(parseId(request.params.id)));
  });

  router.get("/:id/messages", (request, response) => {
    const room = rooms.find(parseId(request.params.id));
    response.json(messages.history(room.id, parse(historyQuery, request.query)));
  });

  return router;
}
