// The list of tasks: filters, search, order, pages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "./client.js";

/** A client of a server with these tasks, and a function that gives the titles of a list. */
async function startWith(t, tasks) {
  const client = await startClient(t);
  for (const task of tasks) assert.equal((await client.post("/api/tasks", task)).status, 201);
  const titles = async (query) => {
    const response = await client.get(`/api/tasks?${query}`);
    assert.equal(response.status, 200, response.text);
    return response.json.items.map((task) => task.title);
  };
  return { client, titles };
}

test("filters match exactly, and together", async (t) => {
  const { titles } = await startWith(t, [
    { title: "a", status: "todo", priority: "low" },
    { title: "b", status: "todo", priority: "high" },
    { title: "c", status: "done", priority: "low" },
    { title: "d", status: "done", priority: "high" },
  ]);
  assert.deepEqual(await titles("status=done"), ["d", "c"]);
  assert.deepEqual(await titles("priority=low&status=todo"), ["a"]);
  assert.deepEqual(await titles("status=doing"), []);
});

test("a search takes every character as it is", async (t) => {
  const { titles } = await startWith(t, [
    { title: "100% sure" },
    { title: "Snake", description: "It's a_b \\ Backslash" },
  ]);
  assert.deepEqual(await titles("q=%25"), ["100% sure"]);
  assert.deepEqual(await titles("q=_"), ["Snake"]);
  assert.deepEqual(await titles("q='S A_B \\ BACK"), ["Snake"]);
  assert.deepEqual(await titles("q=sNAKE"), ["Snake"]);
});

test("every order goes both ways, and ties go by id", async (t) => {
  const { titles } = await startWith(t, [
    { title: "b", priority: "high", due: null },
    { title: "C", priority: "low", due: "2030-05-02" },
    { title: "a", priority: "normal", due: "2030-05-01" },
    { title: "B", priority: "low", due: "2030-05-02" },
  ]);
  for (const [query, expected] of [
    ["", "BaCb"],
    ["order=asc", "bCaB"],
    ["sort=created_at", "bCaB"],
    ["sort=due", "aCBb"],
    ["sort=due&order=desc", "BCab"],
    ["sort=priority", "CBab"],
    ["sort=priority&order=desc", "baBC"],
    ["sort=title", "abBC"],
    ["sort=title&order=desc", "CBba"],
  ]) {
    assert.equal((await titles(query)).join(""), expected, query);
  }
});

test("pages share the list out", async (t) => {
  const { client, titles } = await startWith(t, [{ title: "a" }, { title: "b" }, { title: "c" }]);
  assert.deepEqual(await titles("per_page=2"), ["c", "b"]);
  assert.deepEqual(await titles("per_page=2&page=2"), ["a"]);
  assert.deepEqual(await titles(`per_page=100&page=${Number.MAX_SAFE_INTEGER}`), []);
  const { items, ...page } = (await client.get("/api/tasks?page=2&per_page=2&unknown=1")).json;
  assert.equal(items.length, 1);
  assert.deepEqual(page, { page: 2, per_page: 2, total: 3 });
});

test("a query that breaks a rule is a problem", async (t) => {
  const client = await startClient(t);
  for (const [query, field] of [
    ["page=0", "page"],
    ["page=1.5", "page"],
    ["page=+1", "page"],
    ["page=1&page=2", "page"],
    [`page=${10n ** 30n}`, "page"],
    ["per_page=101", "per_page"],
    ["sort=id", "sort"],
    ["sort=constructor", "sort"],
    ["order=up", "order"],
    ["status=later", "status"],
    ["priority=urgent", "priority"],
    ["q=%00", "q"],
  ]) {
    const response = await client.get(`/api/tasks?${query}`);
    assert.equal(response.status, 422, query);
    assert.deepEqual(Object.keys(response.json.errors), [field]);
  }
});
