// The pages: HTML that the server renders from the files in `views/`.

import express, { Router } from "express";
import { limitBody, MAX_BODY_BYTES } from "../middleware/body.js";
import { notFound } from "../problem.js";
import { newComment } from "../rules/comments.js";
import { parse } from "../rules/fields.js";
import { pageQuery } from "../rules/posts.js";

const POSTS_PER_PAGE = 10;

const MAX_SUMMARY_CHARACTERS = 240;

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** The day as people write it: `22 November 2026`. */
function day(timestamp) {
  return DAY.format(new Date(timestamp));
}

/** The beginning of the body, for a list: it ends with a whole word where there are words. */
function summary(post) {
  const characters = [...post.body.trim()];
  if (characters.length <= MAX_SUMMARY_CHARACTERS) return characters.join("");
  const beginning = characters.slice(0, MAX_SUMMARY_CHARACTERS + 1).join("");
  return `${beginning.replace(/\s+\S*$/u, "")}…`;
}

export function pageRoutes(posts, comments) {
  const router = Router();
  const form = [limitBody("urlencoded"), express.urlencoded({ limit: MAX_BODY_BYTES })];

  function showList(request, response) {
    const { page } = parse(pageQuery, request.query);
    const { tag } = request.params;
    const found = posts.list({ page, per_page: POSTS_PER_PAGE, tag });
    // An empty blog has a home page; any other page without posts is not there.
    if (found.items.length === 0 && (page > 1 || tag)) throw notFound();
    const previous = page > 1 ? page - 1 : null;
    const next = page * POSTS_PER_PAGE < found.total ? page + 1 : null;
    response.render("list", { posts: found, tag, previous, next, day, summary });
  }

  function showArticle(response, post, form = { author: "", body: "" }, errors = null) {
    response.render("article", { post, comments: comments.ofPost(post), form, errors, day });
  }

  router.get("/", showList);
  router.get("/tags/:tag", showList);

  router.get("/posts/:slug", (request, response) => {
    showArticle(response, posts.findPublished(request.params.slug));
  });

  router.post("/posts/:slug/comments", form, async (request, response) => {
    const post = posts.findPublished(request.params.slug);
    const { author = "", body = "" } = request.body ?? {};
    try {
      await comments.create(post.slug, parse(newComment, { author, body }));
    } catch (error) {
      if (error.status !== 422) throw error;
      // The form once more, with what was typed.
      return showArticle(response.status(422), post, { author, body }, error.members.errors);
    }
    // The browser goes to the article: loading it again does not send the comment again.
    response.redirect(303, `/posts/${post.slug}`);
  });

  return router;
}
