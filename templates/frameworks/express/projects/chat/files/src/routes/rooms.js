// `/api/rooms` and their messages

import { Router } from "express";
import { readHistoryQuery } from "../messages.js";
import { readRoom, readRoomQuery } from "../rooms.js";
import { readId } from "../rules.js";
import { jsonBody } from "../web/body.js";
import { notOffered } from "../web/problems.js";

export function roomRoutes(rooms, messages) {
  const router = Router({ strict: true, caseSensitive: true });

  router
    .route("/rooms")
    .get((request, response) => {
      response.json(rooms.findAll(readRoomQuery(request.query)));
    })
    .post(jsonBody, (request, response) => {
      const room = rooms.create(readRoom(request.body));
      response.status(201).location(`/api/rooms/${room.id}`).json(room);
    })
    .all(notOffered);

  router
    .route("/rooms/:id")
    .get((request, response) => {
      response.json(rooms.find(readId(request.params.id)));
    })
    .all(notOffered);

  router
    .route("/rooms/:id/messages")
    .get((request, response) => {
      const room = rooms.find(readId(request.params.id));
      response.json(messages.history(room.id, readHistoryQuery(request.query)));
    })
    .all(notOffered);

  return router;
}
