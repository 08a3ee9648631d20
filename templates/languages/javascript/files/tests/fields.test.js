// The rules that many fields have, and the clock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { digits, line, lines } from "../src/rules/fields.js";
import { now } from "../src/timestamps.js";

function isValid(schema, value) {
  return schema.safeParse(value).success;
}

test("a line is trimmed and measured in code points", () => {
  assert.equal(line(1, 2).parse(" \t🦀🦀\n"), "🦀🦀");
  assert(!isValid(line(1, 2), "🦀🦀🦀"));
  assert(!isValid(line(1, 2), " \u00a0\n"));
});

test("a line holds no line break", () => {
  for (const text of ["a\nb", "a\rb", "a\0b", "a\x85b", "a\u2028b", "a\x1fb"]) {
    assert(!isValid(line(1, 9), text));
  }
});

test("lines are stored as sent, but for the line ends of forms", () => {
  assert.equal(lines(1, 9).parse(" a\r\n\tb "), " a\n\tb ");
  assert(!isValid(lines(1, 9), " \n "));
  assert.equal(lines(0, 9).parse(" \n "), " \n ");
  assert(!isValid(lines(0, 9), "a\0"));
  assert(!isValid(lines(0, 9), "a\ud800"));
});

test("a number in a query is made of digits", () => {
  assert.equal(digits(1).parse("007"), 7);
  for (const value of [
    "",
    "0",
    "+1",
    "1.0",
    " 1",
    "９",
    "1e3",
    "0x1",
    "9".repeat(400),
    ["1", "2"],
  ]) {
    assert(!isValid(digits(1), value));
  }
});

test("later is later, even when the clock is behind", () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  assert(now(tomorrow) > tomorrow);
  assert(now("2020-01-01T00:00:00.000Z") <= now());
});
