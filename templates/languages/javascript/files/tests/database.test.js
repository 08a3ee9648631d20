// The connection, and the migrations.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openDatabase } from "../src/database.js";

test("a database is made with its folder, and opened again as it is", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "app-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "data", "app.db");
  const schema = () => {
    const database = openDatabase(path);
    const tables = database.prepare("SELECT sql FROM sqlite_schema").pluck().all();
    const pragmas = ["journal_mode", "foreign_keys", "busy_timeout", "user_version"];
    const values = pragmas.map((name) => database.pragma(name, { simple: true }));
    database.close();
    return { tables, values };
  };
  const first = schema();
  assert.notEqual(first.tables.length, 0);
  assert.deepEqual(first.values.slice(0, 3), ["wal", 1, 10_000]);
  assert.notEqual(first.values[3], 0);
  assert.deepEqual(schema(), first);
});
