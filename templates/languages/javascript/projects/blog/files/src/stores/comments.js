// The comments in the database.

import { asc, eq, getTableColumns } from "drizzle-orm";
import { write } from "../database.js";
import { Problem } from "../problem.js";
import { comments } from "../schema.js";
import { now } from "../timestamps.js";
import { findPage } from "./pages.js";

// The id of the post is not shown.
const { id, author, body, created_at } = getTableColumns(comments);
const COLUMNS = { id, author, body, created_at };

// The oldest first.
const ORDER = [asc(comments.created_at), asc(comments.id)];

/** `posts` is the store of the posts. */
export function createCommentStore(db, posts) {
  function create(slug, values) {
    return write(db, (tx) => {
      const post = posts.find(slug, tx);
      if (!post.published) throw new Problem(409, "a draft takes no comments");
      const row = { ...values, post_id: post.id, created_at: now() };
      return tx.insert(comments).values(row).returning(COLUMNS).get();
    });
  }

  function list(slug, page) {
    const where = eq(comments.post_id, posts.find(slug).id);
    return findPage(db, { columns: COLUMNS, from: comments, where, orderBy: ORDER }, page);
  }

  function ofPost(post) {
    const query = db.select(COLUMNS).from(comments).where(eq(comments.post_id, post.id));
    return query.orderBy(...ORDER).all();
  }

  return { create, list, ofPost };
}
