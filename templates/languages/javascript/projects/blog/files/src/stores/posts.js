// The posts in the database.

import { isDeepStrictEqual } from "node:util";
import { and, desc, eq, getTableColumns, or, sql } from "drizzle-orm";
import { write } from "../database.js";
import { notFound } from "../problem.js";
import { posts, postTags } from "../schema.js";
import { firstFree, slugOf } from "../slugs.js";
import { now } from "../timestamps.js";
import { findPage } from "./pages.js";
import { contains } from "./search.js";

// A post as clients see it: with its tags, in their order.
const COLUMNS = {
  ...getTableColumns(posts),
  tags: sql`(
    SELECT json_group_array(tag ORDER BY position) FROM post_tags WHERE post_id = posts.id
  )`.mapWith(JSON.parse),
};

export function createPostStore(db) {
  /** Drafts too. */
  function find(slug, tx = db) {
    const post = tx.select(COLUMNS).from(posts).where(eq(posts.slug, slug)).get();
    if (!post) throw notFound();
    return post;
  }

  /** For readers a draft is not there. */
  function findPublished(slug) {
    const post = find(slug);
    if (!post.published) throw notFound();
    return post;
  }

  /** Published posts, the newest first. */
  function list({ tag, q, ...page }) {
    const hasTag = sql`EXISTS (SELECT 1 FROM post_tags WHERE post_id = posts.id AND tag = ${tag})`;
    const where = and(
      eq(posts.published, true),
      tag === undefined ? undefined : hasTag,
      contains(q, posts.title, posts.body),
    );
    const orderBy = [desc(posts.published_at), desc(posts.id)];
    return findPage(db, { columns: COLUMNS, from: posts, where, orderBy }, page);
  }

  function create({ tags, ...values }) {
    return write(db, (tx) => {
      const created_at = now();
      const slug = freeSlug(tx, values.title);
      const published_at = values.published ? created_at : null;
      const row = { ...values, slug, created_at, updated_at: created_at, published_at };
      const { id } = tx.insert(posts).values(row).returning().get();
      setTags(tx, id, tags);
      return find(slug, tx);
    });
  }

  /** Changes the fields that `values` has. The slug stays as it is: links lead to it. */
  function update(slug, values) {
    return write(db, (tx) => {
      const before = find(slug, tx);
      const { tags, ...row } = { ...before, ...values };
      if (isDeepStrictEqual(before, { ...row, tags })) return before;
      row.updated_at = now(before.updated_at);
      if (row.published) row.published_at ??= row.updated_at;
      tx.update(posts).set(row).where(eq(posts.id, row.id)).run();
      setTags(tx, row.id, tags);
      return find(slug, tx);
    });
  }

  /** Its tags and comments go with it: see `onDelete` in schema.js. */
  async function remove(slug) {
    const { changes } = await write(db, (tx) => tx.delete(posts).where(eq(posts.slug, slug)).run());
    if (changes === 0) throw notFound();
  }

  return { find, findPublished, list, create, update, remove };
}

function freeSlug(tx, title) {
  const base = slugOf(title);
  // "." comes right after "-": this range is all that begins with the slug and "-".
  const isNumbered = sql`${posts.slug} >= ${`${base}-`} AND ${posts.slug} < ${`${base}.`}`;
  const taken = tx
    .select({ slug: posts.slug })
    .from(posts)
    .where(or(eq(posts.slug, base), isNumbered));
  return firstFree(base, new Set(taken.all().map((post) => post.slug)));
}

function setTags(tx, post_id, tags) {
  tx.delete(postTags).where(eq(postTags.post_id, post_id)).run();
  const rows = tags.map((tag, position) => ({ post_id, tag, position }));
  if (rows.length > 0) tx.insert(postTags).values(rows).run();
}
