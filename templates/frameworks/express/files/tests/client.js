// Starts the server for a test, on a free port and with a database of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../src/config.js";
import { openDatabase } from "../src/database.js";
import { logger } from "../src/logger.js";
import { startServer } from "../src/server.js";

logger.level = "silent";

/** A client of a server that runs until the test `t` ends. */
export async function startClient(t, settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), "app-"));
  const db = openDatabase(`file:${join(folder, "test.db")}`);
  const config = { ...readConfig(), HOST: "127.0.0.1", PORT: 0, ...settings };
  const server = await startServer(config, db);
  let stopping;
  const stop = () => (stopping ??= server.stop());
  t.after(async () => {
    await stop();
    db.$client.close();
    rmSync(folder, { recursive: true });
  });

  /** Sends `body` as JSON; the body of the response is in `json`, or in `text` if it is no JSON. */
  async function send(method, path, body) {
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    return fetchText(path, { method, headers, body: JSON.stringify(body) });
  }

  async function fetchText(path, options) {
    const response = await fetch(server.url + path, { redirect: "manual", ...options });
    const text = await response.text();
    const type = response.headers.get("Content-Type") ?? "";
    const isJson = text && /^application\/(problem\+)?json\b/.test(type);
    const json = isJson ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, type, text, json };
  }

  return {
    url: server.url,
    db,
    database: db.$client,
    stop,
    fetch: fetchText,
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    patch: (path, body) => send("PATCH", path, body),
    put: (path, body) => send("PUT", path, body),
    delete: (path) => send("DELETE", path),
  };
}
