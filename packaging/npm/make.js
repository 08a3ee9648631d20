// Writes the npm packages of one system as folders: the program, and the launcher that picks it.
// usage: node make.js TARGET PROGRAM VERSION OUT
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const platforms = require("./platforms.json");

const [target, program, version, out] = process.argv.slice(2);
const root = path.join(__dirname, "..", "..");
const platform = Object.keys(platforms).find((name) => platforms[name] === target);
if (!platform) {
  console.error(`error: no npm package is made for ${target}; platforms.json lists the targets`);
  process.exit(2);
}

const common = {
  version,
  description: /^description = "(.*)"$/m.exec(fs.readFileSync(path.join(root, "Cargo.toml"), "utf8"))[1].replaceAll('\\"', '"'),
  license: "MIT",
};
// The provenance of npm names the repository that built the package: as the build server says, for it is written nowhere else.
const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
if (GITHUB_SERVER_URL && GITHUB_REPOSITORY) {
  common.repository = { type: "git", url: `git+${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}.git` };
}

/** Makes a package of `contents`, beside the licence: pairs of a path in it and the file that is copied there. */
function makePackage(manifest, contents) {
  const folder = path.join(out, manifest.name);
  for (const [name, source] of [["LICENSE", path.join(root, "LICENSE")], ...contents]) {
    const place = path.join(folder, name);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.copyFileSync(source, place);
    if (name.startsWith("bin/")) fs.chmodSync(place, 0o755);
  }
  fs.writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

fs.rmSync(out, { recursive: true, force: true });
const [os, cpu] = platform.split("-");
const carrier = { ...common, name: `backend-roadmap-${platform}`, os: [os], cpu: [cpu] };
// The program asks for glibc: Alpine has another C library.
if (os === "linux") carrier.libc = ["glibc"];
makePackage(carrier, [[os === "win32" ? "bin/roadmap.exe" : "bin/roadmap", program]]);

const names = Object.keys(platforms).map((name) => [`backend-roadmap-${name}`, version]);
const launcher = {
  ...common,
  name: "backend-roadmap",
  keywords: ["backend", "learning", "scaffold", "template", "roadmap"],
  bin: { roadmap: "bin/roadmap.js" },
  engines: { node: ">=18" },
  optionalDependencies: Object.fromEntries(names),
};
makePackage(launcher, [
  ["README.md", path.join(root, "README.md")],
  ["bin/roadmap.js", path.join(__dirname, "roadmap.js")],
]);
