// The rules for posts that clients send, and for what they ask of the lists.

import { z } from "zod";
import { digits, line, lines, paging, text } from "./fields.js";

const MAX_TAGS = 10;

const tag = z
  .string("must be a list of texts")
  .trim()
  .regex(/^[a-z0-9-]{1,30}$/, "must each be 1 to 30 of the characters a-z, 0-9 and -");

const fields = {
  title: line(1, 200),
  body: lines(1, 100_000),
  // A tag that is named twice counts once.
  tags: z
    .array(tag, "must be a list of texts")
    .transform((tags) => [...new Set(tags)])
    .refine((tags) => tags.length <= MAX_TAGS, `must be at most ${MAX_TAGS}`),
  published: z.boolean("must be true or false"),
};

export const newPost = z.object({
  ...fields,
  tags: fields.tags.default([]),
  published: fields.published.default(false),
});

export const postChanges = z.object(fields).partial();

export const postQuery = z.object({ ...paging, tag: text.optional(), q: text.optional() });

/** Of a page for people, whose lists have a fixed length. */
export const pageQuery = z.object({ page: digits(1).default(1) });
