// The comments in the database, and the rules for those that people send.

import { findPage, FIRST_PAGE, PAGING } from "./paging.js";
import { Problem } from "./problem.js";
import { line, lines, readSent, readWhole } from "./rules.js";
import { now } from "./timestamps.js";

const COLUMNS = "id, author, body, created_at";

export function readComment(body) {
  return readWhole({ author: line(1, 80), body: lines(1, 2000) }, body);
}

export function readCommentQuery(query) {
  return { ...FIRST_PAGE, ...readSent(PAGING, query) };
}

/** What can be done with the comments of a database; `posts` are those of `createPosts`. */
export function createComments(database, posts) {
  const insert = database.prepare(`
    INSERT INTO comments (post_id, author, body, created_at)
    VALUES (@post_id, @author, @body, @created_at)
    RETURNING ${COLUMNS}`);
  const selectAll = database.prepare(`
    SELECT ${COLUMNS} FROM comments WHERE post_id = ? ORDER BY created_at, id`);

  // IMMEDIATE: the post that it has read is still published when it writes.
  const create = database.transaction((slug, values) => {
    const post = posts.find(slug);
    if (!post.published) throw new Problem(409, "a draft takes no comments");
    return insert.get({ ...values, post_id: post.id, created_at: now() });
  }).immediate;

  /** The oldest first. */
  function findAll(slug, wanted) {
    const list = {
      columns: COLUMNS,
      from: "comments WHERE post_id = @post_id",
      order: "created_at, id",
    };
    return findPage(database, list, { ...wanted, post_id: posts.find(slug).id });
  }

  function ofPost(post) {
    return selectAll.all(post.id);
  }

  return { create, findAll, ofPost };
}
