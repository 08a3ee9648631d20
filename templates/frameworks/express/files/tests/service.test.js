// What holds for every address of the server.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { startClient } from "./client.js";

const DESCRIPTION = JSON.parse(readFileSync("openapi.json", "utf8"));

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const JSON_TYPE = "application/json";

function assertProblem(response, status) {
  assert.equal(response.status, status, response.text);
  assert.match(response.type, /^application\/problem\+json/);
  assert.equal(response.json.status, status);
}

/** The described operations, with an address at which nothing is stored. */
function operations() {
  return Object.entries(DESCRIPTION.paths).flatMap(([path, described]) =>
    METHODS.map((method) => ({
      method,
      path: path.replaceAll(/\{\w+\}/g, "1"),
      operation: described[method.toLowerCase()],
    })),
  );
}

test("the server is healthy", async (t) => {
  const client = await startClient(t);
  const response = await client.get("/healthz");
  assert.deepEqual([response.status, response.json], [200, { status: "ok" }]);
});

test("the server is not healthy without its tables", async (t) => {
  const client = await startClient(t);
  client.database.exec("DROP TABLE __drizzle_migrations");
  assertProblem(await client.get("/healthz"), 503);
});

test("an unknown path under /api is a problem", async (t) => {
  const client = await startClient(t);
  for (const path of ["/api", "/api/", "/api/nothing", "/api/%ff", "/api/nothing/%ff"]) {
    assertProblem(await client.get(path), 404);
  }
});

test("every response has the security headers", async (t) => {
  const client = await startClient(t);
  for (const path of ["/", "/healthz", "/api/nothing", "/nothing", "/static/style.css"]) {
    for (const method of ["GET", "HEAD", "POST"]) {
      const { headers } = await client.fetch(path, { method });
      assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
      assert.match(headers.get("Content-Security-Policy"), /^default-src 'self'/);
      assert.equal(headers.get("Referrer-Policy"), "same-origin");
      assert.equal(headers.get("X-Powered-By"), null);
    }
  }
});

test("the page and all that it names are served", async (t) => {
  const client = await startClient(t);
  const page = await client.get("/");
  assert.match(page.type, /^text\/html/);
  const types = { css: /^text\/css/, js: /^text\/javascript/, svg: /^image\/svg\+xml/ };
  const files = [...page.text.matchAll(/(?:href|src)="(\/static\/[^"]+\.(\w+))"/g)];
  assert.notEqual(files.length, 0);
  for (const [, path, ending] of files) {
    const response = await client.get(path);
    assert.equal(response.status, 200);
    assert.match(response.type, types[ending]);
  }
});

test("a failure of ours tells nothing of its cause", async (t) => {
  const client = await startClient(t);
  client.database.close();
  const response = await client.get(
    Object.keys(DESCRIPTION.paths).find((path) => !/\{/.test(path)),
  );
  assertProblem(response, 500);
  assert.doesNotMatch(response.text, /database|connection|\.js/);
  assertProblem(await client.get("/healthz"), 503);
});

test("the description is served as it is in the repository", async (t) => {
  const client = await startClient(t);
  const response = await client.get("/openapi.json");
  assert.match(response.type, /^application\/json/);
  assert.deepEqual(response.json, DESCRIPTION);
});

test("every described operation is routed, and no other method is", async (t) => {
  const client = await startClient(t);
  for (const { method, path, operation } of operations()) {
    const response = await client.fetch(path, { method });
    const isRouted = !response.text.includes("there is no route");
    assert.equal(isRouted, operation !== undefined, `${method} ${path}`);
  }
});

test("a body has to be a JSON object of bearable size", async (t) => {
  const client = await startClient(t);
  const tooLarge = " ".repeat(1024 * 1024 + 1);
  const cases = [
    [undefined, "", 400],
    ["text/plain", "{}", 400],
    ["application/x-www-form-urlencoded", "a=b", 400],
    [JSON_TYPE, "{", 400],
    [JSON_TYPE, "[]", 400],
    [JSON_TYPE, "null", 400],
    [JSON_TYPE, '{"a": NaN}', 400],
    [JSON_TYPE, Buffer.from('{"a": "\xff"}', "latin1"), 400],
    [JSON_TYPE, "[".repeat(100_000), 400],
    [JSON_TYPE, tooLarge, 413],
  ];
  const withBody = operations().filter(({ operation }) => operation?.requestBody);
  assert.notEqual(withBody.length, 0);
  for (const { method, path } of withBody) {
    for (const [type, content, status] of cases) {
      const headers = type ? { "Content-Type": type } : {};
      assertProblem(await client.fetch(path, { method, headers, body: content }), status);
      // The same without its length.
      const body = new Blob([content]).stream();
      assertProblem(await client.fetch(path, { method, headers, body, duplex: "half" }), status);
    }
  }
});

test("a request that has begun gets its response before the server stops", async (t) => {
  const client = await startClient(t);
  const { port } = new URL(client.url);
  const socket = connect(port, "127.0.0.1");
  t.after(() => socket.destroy());
  socket.write("GET /healthz HTTP/1.1\r\n");
  await setTimeout(50);
  const stopped = client.stop();
  await setTimeout(50);
  await assert.rejects(fetch(`${client.url}/healthz`));
  socket.write("Host: localhost\r\n\r\n");
  const [response] = await once(socket, "data");
  assert.match(String(response), /^HTTP\/1\.1 200 /);
  await stopped;
});
