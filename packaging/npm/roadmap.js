#!/usr/bin/env node
// Starts the program for this system, which npm installed beside this package as an optional dependency.
"use strict";

const { spawn } = require("node:child_process");

const platform = `${process.platform}-${process.arch}`;
const program = process.platform === "win32" ? "roadmap.exe" : "roadmap";

let binary;
try {
  binary = require.resolve(`backend-roadmap-${platform}/bin/${program}`);
} catch {
  console.error(`error: roadmap has no program for ${platform} here
hint: where npm left out optional dependencies, install it anew:
      npm install --include=optional backend-roadmap
hint: where there is none for the system (Alpine Linux, for one), build it with Rust:
      cargo install backend-roadmap --locked`);
  process.exit(2);
}

const child = spawn(binary, process.argv.slice(2), { stdio: "inherit" });

// Ctrl-C reaches the program from the terminal itself; the launcher waits until it has cleaned up.
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));

child.on("error", (error) => {
  console.error(`error: ${binary} cannot be started: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  // Ends as the program did, for a shell that looks at it.
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
