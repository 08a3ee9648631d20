// Rooms, and the history of what was said in them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "./client.js";
import { join, openRoom } from "./sockets.js";

test("a room has an address, and its name is taken", async (t) => {
  const client = await startClient(t);
  const response = await client.post("/api/rooms", { name: " tea-break\n" });
  assert.equal(response.status, 201);
  assert.equal(response.json.name, "tea-break");
  const room = response.headers.get("Location");
  assert.deepEqual((await client.get(room)).json, response.json);
  assert.equal((await client.post("/api/rooms", { name: "tea-break" })).status, 409);
});

test("rooms are listed by name", async (t) => {
  const client = await startClient(t);
  for (const name of ["b", "a", "c"]) await openRoom(client, name);
  const { items, ...page } = (await client.get("/api/rooms?per_page=2")).json;
  assert.deepEqual(
    items.map((room) => room.name),
    ["a", "b"],
  );
  assert.deepEqual(page, { page: 1, per_page: 2, total: 3 });
});

test("a bad name is refused", async (t) => {
  const client = await startClient(t);
  for (const name of [undefined, "", "A", "a b", "ä", "a\nb", "x".repeat(41), 5, null, ["a"]]) {
    const response = await client.post("/api/rooms", { name });
    assert.equal(response.status, 422);
    assert.deepEqual(Object.keys(response.json.errors), ["name"]);
  }
  assert.equal((await client.get("/api/rooms")).json.total, 0);
});

test("a history is read backwards, page by page", async (t) => {
  const client = await startClient(t);
  const room = await openRoom(client);
  const ada = await join(client, room, "Ada");
  await ada.hear();
  for (const text of ["1", "2", "3", "4", "5"]) {
    ada.say(text);
    assert.equal((await ada.hear()).text, text);
  }
  const read = async (query) => {
    const { items, has_more } = (await client.get(`${room}/messages?${query}`)).json;
    return { first: items[0].id, texts: items.map(({ text }) => text).join(""), has_more };
  };
  const newest = await read("limit=2");
  assert.deepEqual([newest.texts, newest.has_more], ["45", true]);
  const older = await read(`limit=3&before=${newest.first}`);
  assert.deepEqual([older.texts, older.has_more], ["123", false]);
  const empty = await openRoom(client, "b");
  assert.deepEqual((await client.get(`${empty}/messages`)).json, { items: [], has_more: false });
});

test("a query that breaks a rule is a problem", async (t) => {
  const client = await startClient(t);
  const room = await openRoom(client);
  for (const query of ["limit=0", "limit=101", "limit=x", "before=0", "before=1.5"]) {
    const response = await client.get(`${room}/messages?${query}`);
    assert.equal(response.status, 422);
    assert.deepEqual(Object.keys(response.json.errors), [query.split("=")[0]]);
  }
});

test("an unknown room is not found", async (t) => {
  const client = await startClient(t);
  for (const id of ["0", "-1", "x", "7", "9".repeat(30)]) {
    for (const path of ["", "/messages", "/live?name=Ada"]) {
      assert.equal((await client.get(`/api/rooms/${id}${path}`)).status, 404);
    }
  }
});
