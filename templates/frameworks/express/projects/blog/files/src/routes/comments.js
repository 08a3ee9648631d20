// `/api/posts/{slug}/comments`

import { Router } from "express";
import { commentQuery, newComment } from "../rules/comments.js";
import { parse } from "../rules/fields.js";

export function commentRoutes(comments) {
  // The slug is in the path at which the router is mounted.
  const router = Router({ mergeParams: true });

  router.get("/", (request, response) => {
    response.json(comments.list(request.params.slug, parse(commentQuery, request.query)));
  });

  router.post("/", async (request, response) => {
    const comment = await comments.create(request.params.slug, parse(newComment, request.body));
    response.status(201).json(comment);
  });

  return router;
}
