// The posts in the database, and the rules for those that clients send.

import { isDeepStrictEqual } from "node:util";
import { contains, findPage, FIRST_PAGE, PAGING } from "./paging.js";
import { notFound } from "./problem.js";
import { Broken, line, lines, matching, readSent, readWhole, text } from "./rules.js";
import { firstFree, slugOf } from "./slugs.js";
import { laterThan, now } from "./timestamps.js";

const MOST_TAGS = 10;

const tag = matching(/^[a-z0-9-]{1,30}$/, "1 to 30 of the characters a-z, 0-9 and - for each");

/** A tag that is named twice counts once. */
function tags(value) {
  if (!Array.isArray(value)) throw new Broken("must be a list of texts");
  const unique = [...new Set(value.map(tag))];
  if (unique.length > MOST_TAGS) throw new Broken(`must be at most ${MOST_TAGS}`);
  return unique;
}

function boolean(value) {
  if (typeof value !== "boolean") throw new Broken("must be true or false");
  return value;
}

const RULES = { title: line(1, 200), body: lines(1, 100_000), tags, published: boolean };

export function readPost(body) {
  return readWhole(RULES, body, { tags: [], published: false });
}

export function readPostChange(body) {
  return readSent(RULES, body);
}

export function readPostQuery(query) {
  const rules = { ...PAGING, tag: text, q: text };
  return { ...FIRST_PAGE, tag: null, q: null, ...readSent(rules, query) };
}

/** A post as it is in the database, where there are no booleans and no lists. */
function fromRow(row) {
  return { ...row, tags: JSON.parse(row.tags), published: row.published === 1 };
}

/** What can be done with the posts of a database. */
export function createPosts(database) {
  const insert = database.prepare(`
    INSERT INTO posts (slug, title, body, published, created_at, updated_at, published_at)
    VALUES (@slug, @title, @body, @published, @moment, @moment, iif(@published, @moment, NULL))`);
  const select = database.prepare("SELECT * FROM posts_with_tags WHERE slug = ?");
  const update = database.prepare(`
    UPDATE posts SET title = @title, body = @body, published = @published,
      updated_at = @updated_at,
      published_at = coalesce(published_at, iif(@published, @updated_at, NULL))
    WHERE id = @id`);
  const remove = database.prepare("DELETE FROM posts WHERE slug = ?");
  const insertTag = database.prepare("INSERT INTO post_tags VALUES (?, ?, ?)");
  const removeTags = database.prepare("DELETE FROM post_tags WHERE post_id = ?");
  // "." comes right after "-": this range is all that begins with the slug and "-".
  const takenSlugs = database
    .prepare(
      `SELECT slug FROM posts
       WHERE slug = @slug OR (slug >= @slug || '-' AND slug < @slug || '.')`,
    )
    .pluck();

  /** Drafts too. */
  function find(slug) {
    const row = select.get(slug);
    if (!row) throw notFound();
    return fromRow(row);
  }

  /** For readers a draft is not there. */
  function findPublished(slug) {
    const post = find(slug);
    if (!post.published) throw notFound();
    return post;
  }

  /** Published posts, the newest first. */
  function findAll(wanted) {
    const list = {
      from: `posts_with_tags AS post
        WHERE published = 1 AND ${contains("title", "body")}
          AND (@tag IS NULL OR EXISTS (
            SELECT * FROM post_tags WHERE post_id = post.id AND tag = @tag))`,
      order: "published_at DESC, id DESC",
    };
    const page = findPage(database, list, wanted);
    return { ...page, items: page.items.map(fromRow) };
  }

  function setTags(id, tags) {
    removeTags.run(id);
    tags.forEach((tag, position) => insertTag.run(id, tag, position));
  }

  // A transaction that reads before it writes is IMMEDIATE: it takes the write lock at once, so that
  // what it has read is still true when it writes.
  const create = database.transaction(({ tags, ...values }) => {
    const wanted = slugOf(values.title);
    const slug = firstFree(wanted, new Set(takenSlugs.all({ slug: wanted })));
    const published = Number(values.published);
    const { lastInsertRowid } = insert.run({ ...values, published, slug, moment: now() });
    setTags(lastInsertRowid, tags);
    return find(slug);
  }).immediate;

  // The slug always stays: links lead to it.
  const change = database.transaction((slug, values) => {
    const before = find(slug);
    const after = { ...before, ...values };
    if (isDeepStrictEqual(before, after)) return before;
    const updated_at = laterThan(before.updated_at);
    update.run({ ...after, published: Number(after.published), updated_at });
    setTags(after.id, after.tags);
    return find(slug);
  }).immediate;

  /** Its tags and comments go with it: see ON DELETE in the migrations. */
  function destroy(slug) {
    if (remove.run(slug).changes === 0) throw notFound();
  }

  return { create, find, findPublished, findAll, change, destroy };
}
