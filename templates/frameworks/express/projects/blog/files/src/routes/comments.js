// `/api/posts/{slug}/comments`

import { Router } from "express";
import { readComment, readCommentQuery } from "../comments.js";
import { jsonBody } from "../web/body.js";
import { notOffered } from "../web/problems.js";

export function commentRoutes(comments) {
  const router = Router({ strict: true, caseSensitive: true });

  router
    .route("/posts/:slug/comments")
    .get((request, response) => {
      response.json(comments.findAll(request.params.slug, readCommentQuery(request.query)));
    })
    .post(jsonBody, (request, response) => {
      response.status(201).json(comments.create(request.params.slug, readComment(request.body)));
    })
    .all(notOffered);

  return router;
}
