// The connection, and the migrations.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openDatabase } from "../src/database.js";
import { migrate } from "../src/migrations.js";

test("a database is made with its folder, and opened again as it is", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "app-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "data", "app.db");
  const schema = () => {
    const database = openDatabase(path);
    const tables = database.prepare("SELECT sql FROM sqlite_schema").pluck().all();
    const pragmas = ["journal_mode", "foreign_keys", "busy_timeout"];
    const values = pragmas.map((name) => database.pragma(name, { simple: true }));
    database.close();
    return { tables, values };
  };
  const first = schema();
  assert.notEqual(first.tables.length, 0);
  assert.deepEqual(first.values, ["wal", 1, 50]);
  assert.deepEqual(schema(), first);
});

test("a migration with a wrong name or a number that is taken is refused", () => {
  const database = openDatabase(":memory:");
  assert.deepEqual(migrate(database), []);
  for (const name of ["2_a.sql", "0003-c.sql", "0002_a.txt", "notes.md"]) {
    assert.throws(() => migrate(database, [name]), /the name must be like/);
  }
  assert.throws(() => migrate(database, ["0002_a.sql", "0002_b.sql"]), /take the next one/);
  database.close();
});
