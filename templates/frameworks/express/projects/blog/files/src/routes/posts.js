// `/api/posts`

import { Router } from "express";
import { parse } from "../rules/fields.js";
import { newPost, postChanges, postQuery } from "../rules/posts.js";

export function postRoutes(posts) {
  const router = Router();

  router.get("/", (request, response) => {
    response.json(posts.list(parse(postQuery, request.query)));
  });

  router.post("/", async (request, response) => {
    const post = await posts.create(parse(newPost, request.body));
    response.status(201).location(`/api/posts/${post.slug}`).json(post);
  });

  router.get("/:slug", (request, response) => {
    // A draft too: there are no accounts yet, so nobody is known to be its author.
    response.json(posts.find(request.params.slug));
  });

  router.patch("/:slug", async (request, response) => {
    response.json(await posts.update(request.params.slug, parse(postChanges, request.body)));
  });

  router.delete("/:slug", async (request, response) => {
    await posts.remove(request.params.slug);
    response.status(204).end();
  });

  return router;
}
