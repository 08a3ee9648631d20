// Runs the SQL files in `migrations/`, each once, in the order of their numbers.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, ROOT } from "./config.js";

const FOLDER = join(ROOT, "migrations");

/** Runs the files that have not run on this database yet, all or none, and returns their names. */
export function migrate(database, files = readdirSync(FOLDER)) {
  const ordered = inOrder(files);
  // IMMEDIATE: it asks what has run, and another process may start at the same time.
  const run = database.transaction(() => {
    database.exec("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT");
    const done = new Set(database.prepare("SELECT name FROM migrations").pluck().all());
    const missing = ordered.filter((name) => !done.has(name));
    const remember = database.prepare("INSERT INTO migrations (name) VALUES (?)");
    for (const name of missing) {
      database.exec(readFileSync(join(FOLDER, name), "utf8"));
      remember.run(name);
    }
    return missing;
  });
  return run.immediate();
}

function inOrder(files) {
  const byNumber = new Map();
  for (const name of files.toSorted()) {
    const number = /^(\d{4})_\w+\.sql$/.exec(name)?.[1];
    if (!number) {
      throw new ConfigError(`migrations/${name}: the name must be like 0002_add_projects.sql`);
    }
    if (byNumber.has(number)) {
      const other = byNumber.get(number);
      throw new ConfigError(
        `migrations/${name}: its number is that of ${other}, take the next one`,
      );
    }
    byNumber.set(number, name);
  }
  return [...byNumber.values()];
}
