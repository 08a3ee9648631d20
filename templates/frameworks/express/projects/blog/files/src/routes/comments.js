// `/api/posts/{slug}/comments`

import { Router } from "express";
import { commentQuery, newComment } from "../rules/comments.js";
import { parse } from "../rules/fields.js";

export function commentRoutes(comments) {
  const router = Router();

  router.get("/posts/:slug/comments", (request, response) => {
    response.json(comments.list(request.params.slug, parse(commentQuery, request.query)));
  });

  router.post("/posts/:slug/comments", async (request, response) => {
    const comment = await comments.create(request.params.slug, parse(newComment, request.body));
    response.status(201).json(comment);
  });

  return router;
}
