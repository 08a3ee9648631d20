// Runs the migrations that Drizzle Kit wrote, and refuses those that would be passed over in silence.
// Drizzle has no function for that: what it stores is read here, and a test shows if that changes.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { ConfigError, ROOT } from "./config.js";

export function runMigrations(db, migrationsFolder = join(ROOT, "migrations")) {
  const journal = readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8");
  const names = JSON.parse(journal).entries.map((entry) => `${entry.tag}.sql`);
  for (const name of readdirSync(migrationsFolder)) {
    if (name.endsWith(".sql") && !names.includes(name)) {
      throw new ConfigError(`migrations/${name}: not in meta/_journal.json, so it would never run`);
    }
  }
  migrate(db, { migrationsFolder });
  const ran = db.$client.prepare("SELECT hash FROM __drizzle_migrations").pluck().all();
  // Drizzle compares with the last one that ran: an older file, as after a merge, would be left out.
  readMigrationFiles({ migrationsFolder }).forEach(({ hash }, index) => {
    if (ran.includes(hash)) return;
    throw new ConfigError(`migrations/${names[index]}: older than one that ran, or changed since`);
  });
}
