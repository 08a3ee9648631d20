// Rules for what clients send. A rule takes a value and gives what will be stored, or throws.

import { invalid } from "./problem.js";

/** The message for a value that breaks a rule. */
export class Broken extends Error {}

/** Reads the fields that were sent, and names every broken one at once. */
export function readSent(rules, sent) {
  const values = {};
  const errors = {};
  for (const [name, rule] of Object.entries(rules)) {
    if (!Object.hasOwn(sent, name)) continue;
    try {
      values[name] = rule(sent[name]);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      errors[name] = [error.message];
    }
  }
  if (Object.keys(errors).length > 0) throw invalid(errors);
  return values;
}

/** Likewise, but all fields have to be there, or in `defaults`. */
export function readWhole(rules, sent, defaults = {}) {
  const missing = Object.fromEntries(Object.keys(rules).map((name) => [name, undefined]));
  return readSent(rules, { ...missing, ...defaults, ...sent });
}

/** A text of one line, stored without white space at its ends. */
export function line(least, most) {
  return (value) => {
    const line = text(value).trim();
    // Control characters, and two separators that break lines as well.
    if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line)) {
      throw new Broken("must be a single line without control characters");
    }
    return ofLength(line, least, most);
  };
}

/** A text of several lines, stored as it was sent; only the `\r\n` of forms becomes `\n`. */
export function lines(least, most) {
  return (value) => {
    const lines = ofLength(text(value).replaceAll("\r\n", "\n"), least, most);
    if (least > 0 && lines.trim() === "") throw new Broken("must not be blank");
    return lines;
  };
}

/** Any text that can be stored: without NUL, at which SQLite would end it. */
export function text(value) {
  if (value === undefined) throw new Broken("is missing");
  if (typeof value !== "string") throw new Broken("must be a text");
  if (!value.isWellFormed()) throw new Broken("must not contain half a character");
  if (value.includes("\0")) throw new Broken("must not contain the character NUL");
  return value;
}

/** Lengths count code points: `"🦀".length` would be 2. */
function ofLength(text, least, most) {
  const length = [...text].length;
  if (length < least || length > most) {
    throw new Broken(`must be ${least} to ${most} characters long`);
  }
  return text;
}

/** A one-line text that a pattern describes in words. */
export function matching(pattern, description) {
  return (value) => {
    const line = text(value).trim();
    if (!pattern.test(line)) throw new Broken(`must be ${description}`);
    return line;
  };
}

export function oneOf(...choices) {
  return (value) => {
    if (!choices.includes(value)) throw new Broken(`must be one of ${choices.join(", ")}`);
    return value;
  };
}

export function orNull(rule) {
  return (value) => (value === null ? null : rule(value));
}

/** A day that the calendar has, as `2030-05-01`. */
export function day(value) {
  const day = text(value);
  // JavaScript's own dates would take 30 February for 2 March.
  const exists = /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00Z`);
  if (!exists || Number.isNaN(exists.getTime()) || exists.toISOString().slice(0, 10) !== day) {
    throw new Broken("must be a day, as 2030-05-01");
  }
  return day;
}

export function wholeNumber(least, most) {
  return (value) => {
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new Broken(`must be a whole number from ${least} to ${most}`);
    }
    return value;
  };
}

/** A whole number in a query, where everything is a text. */
export function digits(least, most = Number.MAX_SAFE_INTEGER) {
  const inRange = wholeNumber(least, most);
  return (value) => inRange(/^\d+$/.test(value) ? Number(value) : NaN);
}

/** An id in a path: what cannot be one is not found, and gives `null`. */
export function readId(text) {
  return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
