// A visitor: a browser context of their own, in which nothing may go wrong unnoticed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after } from "node:test";
import { chromium } from "playwright-core";

/** The server under test, or the folder of a page. `run` makes one and sets the variable. */
export const BASE = process.env.BASE_URL ?? assert.fail("BASE_URL is not set: see tests/browser/run");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Chromium's own sandbox refuses to run as root, as in containers.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
after(() => browser.close());

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Opens a page. At the end of the test it must have had no error in the console, no dialog, no request to
 * elsewhere, and no refused request but those named in `refused`, such as "422 POST /api/tasks".
 */
export async function visitor(t, { refused = [], ...options } = {}) {
  const context = await browser.newContext({
    baseURL: BASE,
    viewport: { width: 1100, height: 800 },
    ...options,
  });
  const page = await context.newPage();
  // A busy machine takes its time.
  page.setDefaultTimeout(20_000);
  const troubles = [];
  const known = (text) => refused.some((one) => (one instanceof RegExp ? one.test(text) : one === text));
  const path = (url) => (url.startsWith(BASE) ? new URL(url).pathname : url);

  page.on("pageerror", (error) => troubles.push(`uncaught: ${error.message}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => {
    // Refused and lost requests are judged below, by what they were.
    const network = /^Failed to load resource|^WebSocket connection to/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !network)
      troubles.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(BASE) && !request.url().startsWith("data:"))
      troubles.push(`request to ${request.url()}`);
  });
  page.on("response", (response) => {
    const text = `${response.status()} ${response.request().method()} ${path(response.url())}`;
    if (response.status() >= 400 && !known(text)) troubles.push(text);
  });
  page.on("requestfailed", (request) => {
    // Who reloads or leaves a page before its icon has come makes the browser give the icon up.
    const givenUp = request.failure()?.errorText === "net::ERR_ABORTED";
    if (givenUp && path(request.url()) === "/static/icon.svg") return;
    const text = `lost ${request.method()} ${path(request.url())}`;
    if (!known(text)) troubles.push(text);
  });

  t.after(async () => {
    await context.close();
    assert.deepEqual(troubles, [], "something went wrong behind the page");
  });
  return page;
}

/** Holds that a page is no wider than the window, has its style, and that axe finds nothing. */
export async function assertGoodPage(page, what) {
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(wider, 0, `${what} scrolls sideways`);
  const accent = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue("--accent"),
  );
  assert.ok(accent, `${what} has no base.css`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const found = violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  assert.deepEqual(found, [], `${what} is not accessible`);
}

/** The looks that every page is tried in. */
export const LOOKS = [
  { viewport: { width: 360, height: 740 }, colorScheme: "light" },
  { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  { viewport: { width: 800, height: 900 }, colorScheme: "light" },
  { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
];

/** Texts that a careless page would run, hide or break its layout with. */
export const HOSTILE = [
  "<script>alert(1)</script>",
  '<img src="/nowhere" onerror="alert(1)">',
  "${alert(1)} {{7*7}} &lt;b&gt; %3Cb%3E",
  "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4),
  "مرحبا بالعالم \u202e txet",
  "👩‍🚀👨‍👩‍👧‍👦 e\u0301",
];

let number = 0;
/** A word that no other test and no earlier run has used. */
export const unique = (word) => `${word}-${Date.now().toString(36)}-${(number += 1)}`;

/** Calls the API past the page, as another client. */
export async function api(method, path, body, headers = {}) {
  const response = await fetch(BASE + path, {
    method,
    headers: { ...(body && { "Content-Type": "application/json" }), ...headers },
    body: body && JSON.stringify(body),
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${response.ok ? "" : await response.text()}`);
  return response.status === 204 ? null : response.json();
}
