// Reads the settings, opens the database, and serves until it is told to stop.

import { ConfigError, readConfig } from "./config.js";
import { openDatabase } from "./database.js";
import { log, setLogLevel } from "./log.js";
import { startServer } from "./server.js";

// Whoever runs the server kills it after some seconds: it ends before, whatever is still open.
const PATIENCE_MS = 4_500;

try {
  const config = readConfig();
  setLogLevel(config.logLevel);
  const database = openDatabase(config.databasePath);
  const server = await startServer(config, database);
  log.info(`listening on ${server.url}`);

  const stop = async () => {
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    log.info("stopping");
    await server.stop();
    // SQLite writes its log back into the database here.
    database.close();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, stop);
} catch (error) {
  // A mistake in the settings, or an address that is taken or not ours, needs no stack; a bug does.
  const expected = error instanceof ConfigError || error.syscall === "listen";
  console.error(expected ? `error: ${error.message}` : error);
  process.exitCode = 1;
}
