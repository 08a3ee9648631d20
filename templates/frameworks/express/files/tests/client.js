// Starts the server for a test, on a free port and with a database of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../src/database.js";
import { setLogLevel } from "../src/log.js";
import { startServer } from "../src/server.js";

setLogLevel(null);

/** A client of a server that is there until the test `t` ends. */
export async function startClient(t) {
  const folder = mkdtempSync(join(tmpdir(), "app-"));
  const database = openDatabase(join(folder, "test.db"));
  const server = await startServer({ host: "127.0.0.1", port: 0 }, database);
  let stopping;
  const stop = () => (stopping ??= server.stop());
  t.after(async () => {
    await stop();
    database.close();
    rmSync(folder, { recursive: true });
  });

  /** Sends `body` as JSON; the answer's own body is in `json`, or in `text` if it is no JSON. */
  async function send(method, path, body) {
    const type = body === undefined ? {} : { "Content-Type": "application/json" };
    return fetchText(path, { method, headers: type, body: JSON.stringify(body) });
  }

  async function fetchText(path, options) {
    const answer = await fetch(server.url + path, { redirect: "manual", ...options });
    const text = await answer.text();
    const type = answer.headers.get("Content-Type") ?? "";
    const isJson = text && /^application\/(problem\+)?json\b/.test(type);
    const json = isJson ? JSON.parse(text) : undefined;
    return { status: answer.status, headers: answer.headers, type, text, json };
  }

  return {
    url: server.url,
    database,
    stop,
    fetch: fetchText,
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    patch: (path, body) => send("PATCH", path, body),
    put: (path, body) => send("PUT", path, body),
    delete: (path) => send("DELETE", path),
  };
}
