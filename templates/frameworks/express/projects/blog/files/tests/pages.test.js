// The pages, as a browser without JavaScript gets them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "./client.js";

const ATTACK = `<script>alert("1")</script>&'`;

async function publish(client, title) {
  const post = { title, body: ATTACK, tags: ["x"], published: true };
  return (await client.post("/api/posts", post)).json.slug;
}

function submit(client, path, fields) {
  return client.fetch(path, { method: "POST", body: new URLSearchParams(fields) });
}

function count(text, part) {
  return text.split(part).length - 1;
}

test("an empty blog tells how to begin", async (t) => {
  const client = await startClient(t);
  const response = await client.get("/");
  assert.equal(response.status, 200);
  assert.equal(response.type, "text/html; charset=utf-8");
  assert(response.text.includes("curl http://127.0.0.1:8000/api/posts"));
});

test("lists lead from page to page", async (t) => {
  const client = await startClient(t);
  for (let number = 0; number < 21; number++) await publish(client, `Post number ${number}`);
  for (const path of ["/", "/tags/x"]) {
    for (const [page, posts, previous, next] of [
      [1, 10, 0, 1],
      [2, 10, 1, 1],
      [3, 1, 1, 0],
    ]) {
      const { text } = await client.get(`${path}?page=${page}`);
      assert.equal(count(text, "Post number"), posts);
      assert.equal(count(text, 'rel="prev"'), previous);
      assert.equal(count(text, 'rel="next"'), next);
    }
    assert.equal((await client.get(`${path}?page=4`)).status, 404);
    assert.equal((await client.get(`${path}?page=0`)).status, 422);
  }
});

test("what is not there is a page too", async (t) => {
  const client = await startClient(t);
  await client.post("/api/posts", { title: "Draft", body: "x" });
  const paths = ["/posts/draft", "/posts/none", "/posts/%ff", "/none", "/tags/none"];
  for (const path of [...paths, "/static/none.css"]) {
    const response = await client.get(path);
    assert.equal(response.status, 404);
    assert.match(response.type, /^text\/html/);
    assert(response.text.includes("/static/style.css"));
  }
  const form = { author: "Ada", body: "Hi" };
  assert.equal((await submit(client, "/posts/draft/comments", form)).status, 404);
});

test("a method that a page does not offer is a page too", async (t) => {
  const client = await startClient(t);
  const response = await client.put("/", {});
  assert.equal(response.status, 404);
  assert(response.text.includes("Not Found"));
});

test("what users write is shown as text", async (t) => {
  const client = await startClient(t);
  const slug = await publish(client, ATTACK);
  await client.post(`/api/posts/${slug}/comments`, { author: ATTACK, body: ATTACK });
  for (const path of ["/", "/tags/x", `/posts/${slug}`]) {
    const { text } = await client.get(path);
    assert(text.includes("&lt;script&gt;alert("));
    assert(!text.includes("<script"));
  }
});

test("the form saves a comment, and leads back to the article", async (t) => {
  const client = await startClient(t);
  await publish(client, "A");
  const fields = { author: " Ada ", body: "one\r\ntwo" };
  const response = await submit(client, "/posts/a/comments", fields);
  assert.deepEqual([response.status, response.headers.get("Location")], [303, "/posts/a"]);
  const [comment] = (await client.get("/api/posts/a/comments")).json.items;
  assert.deepEqual([comment.author, comment.body], ["Ada", "one\ntwo"]);
  assert((await client.get("/posts/a")).text.includes("<strong>Ada</strong>"));
});

test("a broken form comes back with what was typed", async (t) => {
  const client = await startClient(t);
  await publish(client, "A");
  const response = await submit(client, "/posts/a/comments", { author: '">Ada', body: " " });
  assert.equal(response.status, 422);
  assert(response.text.includes('value="&#34;&gt;Ada"'));
  assert.equal(count(response.text, 'aria-invalid="true"'), 1);
  assert(response.text.includes("Your comment must not be blank."));

  const nothing = await submit(client, "/posts/a/comments", {});
  assert.equal(nothing.status, 422);
  assert.equal(count(nothing.text, 'aria-invalid="true"'), 2);
  const twice = await submit(client, "/posts/a/comments", "author=a&author=b&body=c");
  assert.equal(twice.status, 422);
  assert.equal((await client.get("/api/posts/a/comments")).json.total, 0);
});
