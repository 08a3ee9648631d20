// Every address of the blog, and the function that answers it.

import { join } from "node:path";
import { Router } from "express";
import { createComments } from "../comments.js";
import { ROOT } from "../config.js";
import { createPosts } from "../posts.js";
import { commentRoutes } from "./comments.js";
import { errorPage, pageRoutes } from "./pages.js";
import { postRoutes } from "./posts.js";

export function routes(database) {
  const posts = createPosts(database);
  const comments = createComments(database, posts);
  const api = Router();
  api.use(postRoutes(posts));
  api.use(commentRoutes(comments));
  const settings = { "view engine": "ejs", views: join(ROOT, "views") };
  return { api, pages: pageRoutes(posts, comments), errorPage, settings };
}
