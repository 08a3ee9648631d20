// Opens the SQLite database, and brings its tables up to date.

import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { ROOT } from "./config.js";

const MIGRATIONS = join(ROOT, "migrations");

/** Creates the file, its folder and its tables if they are not there yet. */
export function openDatabase(path) {
  mkdirSync(dirname(path), { recursive: true });
  // There is one writer at a time: another process waits for its turn (`busy_timeout`).
  const database = new Database(path, { timeout: 10_000 });
  // Readers don't wait for the writer, nor the writer for readers.
  database.pragma("journal_mode = WAL");
  // What was answered stays, even when the power fails.
  database.pragma("synchronous = FULL");
  // To change a column, SQLite has to make the table anew, and to drop the old one would delete all
  // rows that refer to it.
  database.pragma("foreign_keys = OFF");
  migrate(database);
  // SQLite ignores REFERENCES unless told otherwise.
  database.pragma("foreign_keys = ON");
  return database;
}

/** Runs the files in `migrations/` that have not run on this database yet, all or none. */
function migrate(database) {
  const files = readdirSync(MIGRATIONS).filter((file) => /^\d+_.*\.sql$/.test(file));
  // IMMEDIATE: it asks what has run, and another process may start at the same moment.
  const run = database.transaction(() => {
    const done = database.pragma("user_version", { simple: true });
    for (const file of files.sort()) {
      const number = Number.parseInt(file, 10);
      if (number <= done) continue;
      database.exec(readFileSync(join(MIGRATIONS, file), "utf8"));
      database.pragma(`user_version = ${number}`);
    }
  });
  run.immediate();
}
