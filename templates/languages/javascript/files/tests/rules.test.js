// The rules for texts, numbers and times.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Broken, day, digits, line, lines } from "../src/rules.js";
import { laterThan, now } from "../src/timestamps.js";

function isBroken(rule, value) {
  try {
    rule(value);
    return false;
  } catch (error) {
    assert(error instanceof Broken);
    return true;
  }
}

test("a line is trimmed and measured in code points", () => {
  assert.equal(line(1, 2)(" \t🦀🦀\n"), "🦀🦀");
  assert(isBroken(line(1, 2), "🦀🦀🦀"));
  assert(isBroken(line(1, 2), " \u00a0\n"));
});

test("a line holds no line break", () => {
  for (const text of ["a\nb", "a\rb", "a\0b", "a\x85b", "a\u2028b", "a\x1fb"]) {
    assert(isBroken(line(1, 9), text));
  }
});

test("lines are kept as sent, but for the line ends of forms", () => {
  assert.equal(lines(1, 9)(" a\r\n\tb "), " a\n\tb ");
  assert(isBroken(lines(1, 9), " \n "));
  assert.equal(lines(0, 9)(" \n "), " \n ");
  assert(isBroken(lines(0, 9), "a\0"));
  assert(isBroken(lines(0, 9), "a\ud800"));
});

test("a day is one that the calendar has", () => {
  assert.equal(day("2028-02-29"), "2028-02-29");
  for (const value of ["2030-02-29", "2030-13-01", "2030-1-1", "+002030-01-01", "", 20300101]) {
    assert(isBroken(day, value));
  }
});

test("a number in a query is made of digits", () => {
  assert.equal(digits(1)("007"), 7);
  for (const value of ["", "0", "+1", "1.0", " 1", "９", "1e3", "0x1", "9".repeat(20)]) {
    assert(isBroken(digits(1), value));
  }
});

test("later is later, even when the clock is behind", () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  assert(laterThan(tomorrow) > tomorrow);
  assert(laterThan("2020-01-01T00:00:00.000Z") <= now());
});
