// The slugs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { firstFree, slugOf } from "../src/slugs.js";

test("a slug has ASCII letters, digits and single hyphens", () => {
  for (const [title, slug] of [
    ["  Hello,World_again! ", "hello-world-again"],
    ["Über Straße: crème brûlée", "uber-strasse-creme-brulee"],
    ["日本", "riben"],
    ["?!", "post"],
    ["x".repeat(100), "x".repeat(80)],
    [`${"x".repeat(79)} yy`, "x".repeat(79)],
  ]) {
    assert.equal(slugOf(title), slug);
  }
});

test("a slug that is taken is numbered, by the first free number", () => {
  assert.equal(firstFree("a", new Set()), "a");
  assert.equal(firstFree("a", new Set(["a", "a-3"])), "a-2");
  assert.equal(firstFree("a", new Set(["a", "a-2", "a-3"])), "a-4");
});
