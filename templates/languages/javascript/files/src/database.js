// Opens the SQLite database, and brings its tables up to date.

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { migrate } from "./migrations.js";

// How long a write waits for the lock of another process. While it waits nothing else runs: a
// request that did not get the lock is answered with 503 and may be sent again.
const BUSY_TIMEOUT_MS = 50;

/** Creates the file, its folder and its tables if they are not there yet. */
export function openDatabase(path) {
  mkdirSync(dirname(path), { recursive: true });
  // Another process may migrate it at the same time: until the server runs, there is time to wait.
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
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  return database;
}
