// Comments on posts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "./client.js";

const POST = { title: "A", body: "x", published: true };

const COMMENT = { author: "Ada", body: "Hi" };

test("comments are listed, the oldest first", async (t) => {
  const client = await startClient(t);
  await client.post("/api/posts", POST);
  const first = await client.post("/api/posts/a/comments", { author: " Ada ", body: " one\r\n" });
  assert.equal(first.status, 201);
  assert.deepEqual(Object.keys(first.json).sort(), ["author", "body", "created_at", "id"]);
  assert.deepEqual([first.json.author, first.json.body], ["Ada", " one\n"]);
  const second = await client.post("/api/posts/a/comments", COMMENT);
  const list = (await client.get("/api/posts/a/comments")).json;
  assert.deepEqual(list, { items: [first.json, second.json], page: 1, per_page: 20, total: 2 });
  const page = (await client.get("/api/posts/a/comments?per_page=1&page=2")).json;
  assert.deepEqual(page.items, [second.json]);
});

test("a draft takes no comments, and what is not there neither", async (t) => {
  const client = await startClient(t);
  await client.post("/api/posts", { ...POST, published: false });
  assert.equal((await client.post("/api/posts/a/comments", COMMENT)).status, 409);
  assert.equal((await client.post("/api/posts/b/comments", COMMENT)).status, 404);
  assert.equal((await client.get("/api/posts/b/comments")).status, 404);
});

test("a post takes its comments along", async (t) => {
  const client = await startClient(t);
  const { id } = (await client.post("/api/posts", POST)).json;
  await client.post("/api/posts/a/comments", COMMENT);
  assert.equal((await client.delete("/api/posts/a")).status, 204);
  assert.equal((await client.delete("/api/posts/a")).status, 404);
  assert.equal((await client.get("/api/posts/a/comments")).status, 404);
  assert((await client.post("/api/posts", POST)).json.id > id);
  assert.equal((await client.get("/api/posts/a/comments")).json.total, 0);
});

test("broken fields are named all at once, and nothing is stored", async (t) => {
  const client = await startClient(t);
  await client.post("/api/posts", POST);
  for (const broken of [{}, { author: " ", body: " " }, { author: "x".repeat(81), body: 1 }]) {
    const response = await client.post("/api/posts/a/comments", broken);
    assert.equal(response.status, 422);
    assert.deepEqual(Object.keys(response.json.errors).sort(), ["author", "body"]);
  }
  assert.equal((await client.get("/api/posts/a/comments")).json.total, 0);
});
