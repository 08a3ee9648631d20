// Rules for fields that many requests have, as Zod schemas.

import { z } from "zod";
import { invalid, Problem } from "../problem.js";

/** Returns what the schema makes of the value, or throws a problem that names each invalid field. */
export function parse(schema, value) {
  const { data, error } = schema.safeParse(value);
  if (!error) return data;
  const { formErrors, fieldErrors } = z.flattenError(error);
  if (formErrors.length > 0) throw new Problem(400, "a JSON object is needed (application/json)");
  throw invalid(fieldErrors);
}

/** A text that can be stored: SQLite would end it at NUL, and half a character is no UTF-8. */
export const text = z
  .string({ error: ({ input }) => (input === undefined ? "is required" : "must be a text") })
  .refine((value) => value.isWellFormed(), "must not contain half a character")
  .refine((value) => !value.includes("\0"), "must not contain NUL");

/** A text of one line, stored without white space at its ends. */
export function line(min, max) {
  return text
    .trim()
    .refine((value) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value), "must be a single line")
    .refine(...length(min, max));
}

/** A text of several lines, stored as it was sent; only the `\r\n` of forms becomes `\n`. */
export function lines(min, max) {
  return text
    .overwrite((value) => value.replaceAll("\r\n", "\n"))
    .refine((value) => min === 0 || value.trim() !== "", "must not be blank")
    .refine(...length(min, max));
}

/** Counts code points, where Zod's own `min` and `max` would count the crab `🦀` as 2. */
function length(min, max) {
  const fits = (value) => {
    const { length } = [...value];
    return length >= min && length <= max;
  };
  return [fits, `must be ${min} to ${max} characters long`];
}

/** One of these words. */
export function oneOf(words) {
  return z.enum(words, `must be one of ${words.join(", ")}`);
}

/** A whole number in a query or the environment, where everything is a text. */
export function digits(min, max = Number.MAX_SAFE_INTEGER) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string(message)
    .regex(/^\d+$/, message)
    .transform(Number)
    .pipe(z.number(message).min(min, message).max(max, message));
}

/** The part of a list that is asked for. Pages count from 1. */
export const paging = {
  page: digits(1).default(1),
  per_page: digits(1, 100).default(20),
};
