// `/api/posts`

import { Router } from "express";
import { readPost, readPostChange, readPostQuery } from "../posts.js";
import { jsonBody } from "../web/body.js";
import { notOffered } from "../web/problems.js";

export function postRoutes(posts) {
  const router = Router({ strict: true, caseSensitive: true });

  router
    .route("/posts")
    .get((request, response) => {
      response.json(posts.findAll(readPostQuery(request.query)));
    })
    .post(jsonBody, (request, response) => {
      const post = posts.create(readPost(request.body));
      response.status(201).location(`/api/posts/${post.slug}`).json(post);
    })
    .all(notOffered);

  router
    .route("/posts/:slug")
    .get((request, response) => {
      // A draft too: there are no accounts yet, so nobody could be told from its author.
      response.json(posts.find(request.params.slug));
    })
    .patch(jsonBody, (request, response) => {
      response.json(posts.change(request.params.slug, readPostChange(request.body)));
    })
    .delete((request, response) => {
      posts.destroy(request.params.slug);
      response.status(204).end();
    })
    .all(notOffered);

  return router;
}
