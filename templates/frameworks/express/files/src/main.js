// Reads the settings, opens the database, and serves until it is told to stop.

import { ConfigError, readConfig } from "./config.js";
import { openDatabase } from "./database.js";
import { logger } from "./logger.js";
import { startServer } from "./server.js";

// Ends before a supervisor, such as Docker, would kill the server.
const STOP_TIMEOUT_MS = 4_500;

try {
  const config = readConfig();
  logger.level = config.LOG_LEVEL;
  const db = openDatabase(config.DATABASE_URL);
  const server = await startServer(config, db);
  logger.info(`listening on ${server.url}`);

  const stop = async () => {
    setTimeout(() => process.exit(0), STOP_TIMEOUT_MS).unref();
    logger.info("stopping");
    await server.stop();
    // SQLite moves its write-ahead log into the database here.
    db.$client.close();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, stop);
} catch (error) {
  // A mistake in the settings, or an address that cannot be used, needs no stack; a bug does.
  const isExpected = error instanceof ConfigError || error.syscall === "listen";
  console.error(isExpected ? `error: ${error.message}` : error);
  process.exitCode = 1;
}
