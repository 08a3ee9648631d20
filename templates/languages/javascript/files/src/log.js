// The log: lines on the console, down to the level that LOG_LEVEL names.

export const LEVELS = ["error", "warn", "info", "debug"];

let most = LEVELS.indexOf("info");

/** Without a level nothing is logged. */
export function setLogLevel(level) {
  most = LEVELS.indexOf(level);
}

function write(level, values) {
  if (LEVELS.indexOf(level) <= most) {
    console[level](new Date().toISOString(), level.toUpperCase(), ...values);
  }
}

export const log = {
  error: (...values) => write("error", values),
  warn: (...values) => write("warn", values),
  info: (...values) => write("info", values),
  debug: (...values) => write("debug", values),
};
