// The settings: from the environment, and from `.env` where the environment says nothing.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { LEVELS } from "./log.js";

/** The repository: beside the code it has the migrations and the description of the API. */
export const ROOT = join(import.meta.dirname, "..");

/** A mistake in the settings: its message says enough, without a stack. */
export class ConfigError extends Error {}

export function readConfig() {
  const file = join(ROOT, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  return {
    host: process.env.HOST || "127.0.0.1",
    port: wholeNumber("PORT", 8000, 0, 65535),
    databasePath: databasePath(process.env.DATABASE_URL || "file:data/app.db"),
    logLevel: choice("LOG_LEVEL", "info", LEVELS),
  };
}

/** A number from the environment, for settings of your own too. */
export function wholeNumber(name, otherwise, least, most) {
  const text = process.env[name] || String(otherwise);
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(number >= least && number <= most)) {
    throw new ConfigError(
      `${name} must be a whole number from ${least} to ${most}, and is ${text}`,
    );
  }
  return number;
}

function choice(name, otherwise, choices) {
  const text = process.env[name] || otherwise;
  if (!choices.includes(text)) {
    throw new ConfigError(`${name} must be one of ${choices.join(", ")}, and is ${text}`);
  }
  return text;
}

function databasePath(url) {
  const path = url.replace(/^file:/, "");
  if (path === url || path === "") {
    throw new ConfigError("DATABASE_URL must name a file of SQLite, as file:data/app.db");
  }
  return path;
}
