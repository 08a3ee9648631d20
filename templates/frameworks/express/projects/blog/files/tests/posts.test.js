// Posts: write, read, list, change, publish, delete.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "./client.js";

const POST = { title: "Hello, world", body: "My first post." };

test("a new post is a draft with an address", async (t) => {
  const client = await startClient(t);
  const sent = { title: " Über \n", body: "  one\r\ntwo ", tags: ["b", "a", "b"] };
  const response = await client.post("/api/posts", sent);
  assert.equal(response.status, 201);
  assert.equal(response.headers.get("Location"), "/api/posts/uber");
  const { id, created_at, ...post } = response.json;
  assert(id > 0);
  assert.deepEqual(post, {
    slug: "uber",
    title: "Über",
    body: "  one\ntwo ",
    tags: ["b", "a"],
    published: false,
    updated_at: created_at,
    published_at: null,
  });
  assert.deepEqual((await client.get("/api/posts/uber")).json, response.json);
  assert.equal((await client.get("/api/posts")).json.total, 0);
});

test("slugs are numbered, also for posts that come at once", async (t) => {
  const client = await startClient(t);
  const responses = await Promise.all([1, 2, 3].map(() => client.post("/api/posts", POST)));
  const slugs = responses.map((response) => response.json.slug).sort();
  assert.deepEqual(slugs, ["hello-world", "hello-world-2", "hello-world-3"]);
});

test("a change touches only what was sent, and the slug stays", async (t) => {
  const client = await startClient(t);
  const before = (await client.post("/api/posts", { ...POST, tags: ["x"] })).json;
  const path = `/api/posts/${before.slug}`;
  const after = (await client.patch(path, { title: "New", tags: ["y", "x"] })).json;
  assert(after.updated_at > before.updated_at);
  const { updated_at } = after;
  assert.deepEqual(after, { ...before, title: "New", tags: ["y", "x"], updated_at });
  assert.deepEqual((await client.patch(path, { title: "New" })).json, after);
});

test("the day of publication is that of the first", async (t) => {
  const client = await startClient(t);
  const { slug } = (await client.post("/api/posts", POST)).json;
  const path = `/api/posts/${slug}`;
  const first = (await client.patch(path, { published: true })).json.published_at;
  assert.notEqual(first, null);
  assert.equal((await client.patch(path, { published: false })).json.published_at, first);
  assert.equal((await client.patch(path, { published: true })).json.published_at, first);
});

test("lists show published posts, the newest first, by tag and search", async (t) => {
  const client = await startClient(t);
  for (const [title, tags] of [
    ["Ducks 100%", ["x"]],
    ["Geese", ["x", "y"]],
    ["Swans_", []],
  ]) {
    await client.post("/api/posts", { ...POST, title, tags, published: true });
  }
  const titles = async (query) =>
    (await client.get(`/api/posts?${query}`)).json.items.map((post) => post.title);
  assert.deepEqual(await titles(""), ["Swans_", "Geese", "Ducks 100%"]);
  assert.deepEqual(await titles("tag=x"), ["Geese", "Ducks 100%"]);
  assert.deepEqual(await titles("tag=X"), []);
  assert.deepEqual(await titles("q=GEESE"), ["Geese"]);
  assert.deepEqual(await titles("q=%25"), ["Ducks 100%"]);
  assert.deepEqual(await titles("q=_"), ["Swans_"]);
  assert.deepEqual(await titles("q=first&tag=y"), ["Geese"]);
  assert.deepEqual(await titles("per_page=1&page=3"), ["Ducks 100%"]);
  for (const query of ["page=0", "per_page=101", "q=%00", "tag=%00"]) {
    assert.equal((await client.get(`/api/posts?${query}`)).status, 422);
  }
});

test("broken fields are named all at once, and nothing is stored", async (t) => {
  const client = await startClient(t);
  const before = (await client.post("/api/posts", { ...POST, published: true })).json;
  for (const broken of [
    { title: " ", body: "\n" },
    { title: "a\nb", body: "a\0b" },
    { title: "x".repeat(201), body: "x".repeat(100_001) },
    { title: null, body: 1, tags: null, published: null },
    { tags: "x", published: "true" },
    { tags: ["A"], published: 1 },
    { tags: [1] },
    { tags: ["x".repeat(31)] },
    { tags: [..."abcdefghijk"] },
  ]) {
    const sent = { ...POST, ...broken };
    for (const response of [
      await client.post("/api/posts", sent),
      await client.patch(`/api/posts/${before.slug}`, sent),
    ]) {
      assert.equal(response.status, 422);
      assert.deepEqual(Object.keys(response.json.errors).sort(), Object.keys(broken).sort());
    }
  }
  assert.deepEqual((await client.get("/api/posts")).json.items, [before]);
});
