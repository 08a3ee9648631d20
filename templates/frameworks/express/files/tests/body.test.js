// The limit of bodies, beside middleware that a learner may add.

import assert from "node:assert/strict";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import express from "express";
import { limitBody } from "../src/middleware/body.js";

test("a body of another type is whole for whoever reads it later", async (t) => {
  const app = express();
  app.use(limitBody("json"), express.json());
  app.use(async (request, response, next) => {
    await setTimeout(50);
    next();
  });
  app.post("/upload", async (request, response) => response.send(await text(request)));
  const server = app.listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/upload`;
  const body = "x".repeat(100_000);
  const response = await fetch(url, { method: "POST", body });
  assert.equal(await response.text(), body);
});
