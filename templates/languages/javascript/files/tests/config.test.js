// The settings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../src/config.js";

/** Sets variables of the environment until the test `t` ends. */
function setEnvironment(t, variables) {
  const before = Object.keys(variables).map((name) => [name, process.env[name] ?? ""]);
  t.after(() => Object.assign(process.env, Object.fromEntries(before)));
  Object.assign(process.env, variables);
}

test("an empty variable counts as not set", (t) => {
  setEnvironment(t, { PORT: "", LOG_LEVEL: "debug" });
  const { PORT, LOG_LEVEL } = readConfig();
  assert.deepEqual([PORT, LOG_LEVEL], [8000, "debug"]);
});

test("all mistakes are named at once", (t) => {
  setEnvironment(t, { PORT: "70000", LOG_LEVEL: "loud" });
  assert.throws(readConfig, {
    message:
      "PORT: must be a whole number from 0 to 65535\n" +
      "LOG_LEVEL: must be one of error, warn, info, debug",
  });
});
