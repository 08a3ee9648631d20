// Tasks: write, read, change, replace, delete.

import assert from "node:assert/strict";
import { test } from "node:test";
import Database from "better-sqlite3";
import { startClient } from "./client.js";

const TASK = { title: "Water the plants" };

test("a new task has defaults and an address", async (t) => {
  const client = await startClient(t);
  const response = await client.post("/api/tasks", { title: "  Über \u2028" });
  assert.equal(response.status, 201);
  const { id, created_at, ...task } = response.json;
  assert.equal(response.headers.get("Location"), `/api/tasks/${id}`);
  assert.deepEqual(task, {
    title: "Über",
    description: "",
    status: "todo",
    priority: "normal",
    due: null,
    updated_at: created_at,
  });
  assert.deepEqual((await client.get(`/api/tasks/${id}`)).json, response.json);
});

test("a change touches only what was sent", async (t) => {
  const client = await startClient(t);
  const before = (await client.post("/api/tasks", { ...TASK, due: "2030-05-01" })).json;
  const path = `/api/tasks/${before.id}`;
  const after = (await client.patch(path, { status: "doing", due: null })).json;
  assert(after.updated_at > before.updated_at);
  const { updated_at } = after;
  assert.deepEqual(after, { ...before, status: "doing", due: null, updated_at });
  assert.deepEqual((await client.get(path)).json, after);
  assert.deepEqual((await client.patch(path, {})).json, after);
});

test("changes of different fields at once both hold", async (t) => {
  const client = await startClient(t);
  const { id } = (await client.post("/api/tasks", TASK)).json;
  const changes = [{ status: "done" }, { priority: "high" }, { description: "x" }, { title: "y" }];
  await Promise.all(changes.map((change) => client.patch(`/api/tasks/${id}`, change)));
  const task = (await client.get(`/api/tasks/${id}`)).json;
  assert.deepEqual(task, Object.assign({ ...task }, ...changes));
});

test("a replaced task has defaults for what was left out", async (t) => {
  const client = await startClient(t);
  const whole = { title: "a", description: "b", status: "done", priority: "low" };
  const before = (await client.post("/api/tasks", { ...whole, due: "2030-05-01" })).json;
  const path = `/api/tasks/${before.id}`;
  const after = (await client.put(path, { title: "new" })).json;
  assert(after.updated_at > before.updated_at);
  const { id, created_at } = before;
  const defaults = { description: "", status: "todo", priority: "normal", due: null };
  const { updated_at } = after;
  assert.deepEqual(after, { id, title: "new", ...defaults, created_at, updated_at });
  assert.equal((await client.put(path, { status: "done" })).status, 422);
});

test("a deleted task is gone, and its id is not given again", async (t) => {
  const client = await startClient(t);
  const { id } = (await client.post("/api/tasks", TASK)).json;
  const path = `/api/tasks/${id}`;
  const response = await client.delete(path);
  assert.deepEqual([response.status, response.text], [204, ""]);
  assert.equal((await client.delete(path)).status, 404);
  assert.equal((await client.patch(path, {})).status, 404);
  assert.equal((await client.put(path, TASK)).status, 404);
  assert((await client.post("/api/tasks", TASK)).json.id > id);
});

test("an id that is no positive integer is not there", async (t) => {
  const client = await startClient(t);
  await client.post("/api/tasks", TASK);
  for (const id of ["0", "-1", "x", "1.0", "01", "%2B1", "%ff", "9".repeat(16), "9".repeat(5000)]) {
    const response = await client.get(`/api/tasks/${id}`);
    assert.equal(response.status, 404);
    assert.match(response.type, /^application\/problem\+json/);
  }
});

test("broken fields are named all at once, and nothing is stored", async (t) => {
  const client = await startClient(t);
  const before = (await client.post("/api/tasks", TASK)).json;
  for (const broken of [
    { title: " \t", description: "a\0b" },
    { title: "x".repeat(201), description: "x".repeat(10_001) },
    { title: "half \ud800", description: "half \udc00" },
    { title: 5, description: null },
    { status: "later", priority: "urgent" },
    { status: null, priority: 1, due: true },
    { due: "2030-02-29" },
    { due: "2030-05-01T00:00:00" },
    { due: 0 },
    { due: "" },
  ]) {
    const sent = { ...TASK, ...broken };
    for (const response of [
      await client.post("/api/tasks", sent),
      await client.patch(`/api/tasks/${before.id}`, sent),
    ]) {
      assert.equal(response.status, 422);
      assert.deepEqual(Object.keys(response.json.errors).sort(), Object.keys(broken).sort());
    }
  }
  assert.deepEqual((await client.get("/api/tasks")).json.items, [before]);
});

test("while another process writes, reads go on and writes are told to come back", async (t) => {
  const client = await startClient(t);
  const other = new Database(client.database.name);
  t.after(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  const response = await client.post("/api/tasks", TASK);
  assert.deepEqual([response.status, response.headers.get("Retry-After")], [503, "1"]);
  assert.match(response.type, /^application\/problem\+json/);
  assert.equal((await client.get("/api/tasks")).json.total, 0);
  other.exec("COMMIT");
  assert.equal((await client.post("/api/tasks", TASK)).status, 201);
});
