// The connection, the migrations, and the lock.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import Database from "better-sqlite3";
import { sql } from "drizzle-orm";
import { openDatabase, write } from "../src/database.js";
import { runMigrations } from "../src/migrations.js";

function newFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "app-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("a database is made with its folder, and opened again as it is", (t) => {
  const url = `file:${join(newFolder(t), "data", "app.db")}`;
  const look = () => {
    const { $client: client } = openDatabase(url);
    const tables = client.prepare("SELECT sql FROM sqlite_schema").pluck().all();
    const pragmas = ["journal_mode", "foreign_keys", "synchronous"];
    const values = pragmas.map((name) => client.pragma(name, { simple: true }));
    client.close();
    return { tables, values };
  };
  const first = look();
  assert.notEqual(first.tables.length, 0);
  assert.deepEqual(first.values, ["wal", 1, 2]);
  assert.deepEqual(look(), first);
});

test("a migration that would never run is refused", (t) => {
  const folder = newFolder(t);
  cpSync("migrations", join(folder, "migrations"), { recursive: true });
  const db = openDatabase(`file:${join(folder, "app.db")}`);
  writeFileSync(join(folder, "migrations", "0007-by-hand.sql"), "SELECT 1");
  assert.throws(() => runMigrations(db, join(folder, "migrations")), /not in meta/);
  db.$client.exec("UPDATE __drizzle_migrations SET hash = 'of another file'");
  assert.throws(() => runMigrations(db), /older than one that ran, or changed since/);
  db.$client.close();
});

test("a write waits for the lock of another process, and not for ever", async (t) => {
  const path = join(newFolder(t), "app.db");
  const db = openDatabase(`file:${path}`);
  const other = new Database(path);
  other.exec("BEGIN IMMEDIATE");
  const waiting = write(db, (tx) => tx.run(sql`PRAGMA user_version = 7`));
  // Reads go on.
  assert.deepEqual(db.get(sql`SELECT 1 AS one`), { one: 1 });
  other.exec("COMMIT");
  await waiting;
  assert.equal(db.$client.pragma("user_version", { simple: true }), 7);

  other.exec("BEGIN IMMEDIATE");
  await assert.rejects(
    write(db, () => {}),
    { code: "SQLITE_BUSY" },
  );
  other.close();
  db.$client.close();
});
