// The pages: HTML made on the server from the files in `views/`.

import express, { Router } from "express";
import { readComment } from "../comments.js";
import { notFound } from "../problem.js";
import { digits, readWhole } from "../rules.js";
import { bounded, MOST_BODY_BYTES } from "../web/body.js";
import { notOffered } from "../web/problems.js";

const POSTS_PER_PAGE = 10;

const SUMMARY_CHARACTERS = 240;

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

const form = bounded(
  express.urlencoded({ extended: false, limit: MOST_BODY_BYTES, inflate: false }),
);

/** The day as people write it: `22 November 2026`. */
function day(moment) {
  return DAY.format(new Date(moment));
}

/** The beginning of the body, for a list. */
function summary(post) {
  const characters = [...post.body.trim()];
  if (characters.length <= SUMMARY_CHARACTERS) return characters.join("");
  return `${characters.slice(0, SUMMARY_CHARACTERS).join("").trimEnd()}…`;
}

export function errorPage(response, problem) {
  response.render("error", problem);
}

export function pageRoutes(posts, comments) {
  const router = Router({ strict: true, caseSensitive: true });

  function showList(request, response) {
    const { page } = readWhole({ page: digits(1) }, request.query, { page: "1" });
    const { tag = null } = request.params;
    const found = posts.findAll({ page, per_page: POSTS_PER_PAGE, tag, q: null });
    // A blog without posts has a home page all the same; other pages without posts are not there.
    if (found.items.length === 0 && (page > 1 || tag !== null)) throw notFound();
    const previous = page > 1 ? page - 1 : null;
    const next = page * POSTS_PER_PAGE < found.total ? page + 1 : null;
    response.render("list", { posts: found, tag, previous, next, day, summary });
  }

  function showArticle(response, post, form = { author: "", body: "" }, errors = null) {
    response.render("article", { post, comments: comments.ofPost(post), form, errors, day });
  }

  router.route("/").get(showList).all(notOffered);
  router.route("/tags/:tag").get(showList).all(notOffered);

  router
    .route("/posts/:slug")
    .get((request, response) => {
      showArticle(response, posts.findPublished(request.params.slug));
    })
    .all(notOffered);

  router
    .route("/posts/:slug/comments")
    .post(form, (request, response) => {
      const post = posts.findPublished(request.params.slug);
      const { author = "", body = "" } = request.body ?? {};
      try {
        comments.create(post.slug, readComment({ author, body }));
      } catch (error) {
        if (error.status !== 422) throw error;
        // The form once more, with what was typed.
        return showArticle(response.status(422), post, { author, body }, error.members.errors);
      }
      // A browser goes to the article: a reload does not send the comment again.
      response.redirect(303, `/posts/${post.slug}`);
    })
    .all(notOffered);

  return router;
}
