// The map of `roadmap show -o map.html`, opened from disk.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ROADMAP } from "./support/roadmap.js";
import { BASE, LOOKS, assertGoodPage, visitor } from "./support/visitor.js";

const MAP = `${BASE}/map.html`;
const topic = (page, id) => page.locator(`#t-${id}`);

/** Presses Tab until `locator` has the focus. */
async function tabTo(page, locator) {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (await locator.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`${locator} is not reached`);
}

test("a topic is found, opened and ticked by the keyboard alone, and the tick stays", async (t) => {
  const page = await visitor(t);
  await page.goto(MAP);
  await page.keyboard.press("/");
  await page.keyboard.type("idempotency");
  await tabTo(page, topic(page, "idempotency").getByRole("checkbox"));
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await topic(page, "idempotency").getByRole("heading", { name: "Practise" }).waitFor();
  await page.getByText(/^1 of \d+ topics done$/).first().waitFor();

  await page.reload();
  assert.ok(await topic(page, "idempotency").getByRole("checkbox").isChecked());
  assert.ok(!(await topic(page, "http").getByRole("checkbox").isChecked()));
});

test("what is ticked in the page is exported, imported and shown by progress", async (t) => {
  const page = await visitor(t);
  await page.goto(MAP);
  for (const id of ["http", "sql"]) await topic(page, id).getByRole("checkbox").check();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export my ticks" }).click(),
  ]);
  await page.getByText(`roadmap progress import ${download.suggestedFilename()}`).waitFor();

  const folder = mkdtempSync(join(tmpdir(), "roadmap-map-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  const roadmap = (...words) =>
    JSON.parse(
      execFileSync(ROADMAP[0], [...ROADMAP.slice(1), ...words, "--format", "json"], {
        cwd: import.meta.dirname,
        encoding: "utf8",
        env: { ...process.env, ROADMAP_STATE_DIR: join(folder, "state") },
      }),
    );
  roadmap("progress", "import", file);
  const done = roadmap("progress").stages.filter((stage) => stage.topics_done > 0);
  assert.deepEqual(
    done.map((stage) => [stage.id, stage.topics_done]),
    [
      ["web", 1],
      ["databases", 1],
    ],
  );
});

test("a path and a level leave out what is not asked for", async (t) => {
  const page = await visitor(t);
  await page.goto(MAP);
  await topic(page, "django").waitFor();
  await page.getByRole("combobox", { name: "Path" }).selectOption("rust/axum");
  await topic(page, "django").waitFor({ state: "hidden" });
  await topic(page, "axum").waitFor();
  await page.getByRole("combobox", { name: "Level" }).selectOption("essential");
  await page.getByText(/^\d+ of \d+ topics shown$/).waitFor();
  assert.equal(await page.locator(".topic.optional:visible, .topic.recommended:visible").count(), 0);
  await page.getByRole("searchbox", { name: "Search" }).fill("no such word anywhere");
  await page.getByText("Nothing fits.").waitFor();

  await page.goto(`${MAP}#t-django`);
  await topic(page, "django").getByRole("heading", { name: "Why" }).waitFor();
});

test("a browser that keeps nothing says so, and still exports", async (t) => {
  const page = await visitor(t);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.goto(MAP);
  await topic(page, "http").getByRole("checkbox").check();
  await page.getByText("Your browser keeps nothing for this page").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export my ticks" }).click();
  await download;
});

test("without a script every topic can be read", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false });
  await page.goto(MAP);
  assert.ok(!(await page.locator("#search").isVisible()));
  await topic(page, "http").locator("summary").click();
  await topic(page, "http").getByRole("heading", { name: "Why" }).waitFor();
});

test("the map is accessible, and no wider than the window, in every look", async (t) => {
  for (const look of LOOKS) {
    const page = await visitor(t, look);
    await page.goto(MAP);
    await topic(page, "http").locator("summary").click();
    await topic(page, "http").getByRole("checkbox").check();
    await assertGoodPage(page, `${look.viewport.width} ${look.colorScheme}`);
  }
});

test("on paper the overview is two pages at most, and the handout has every text", async (t) => {
  const page = await visitor(t);
  await page.goto(MAP);
  const pages = async () => {
    const file = await page.pdf({ format: "A4", preferCSSPageSize: true });
    return file.toString("latin1").match(/\/Type \/Page\b(?!s)/g).length;
  };
  assert.ok((await pages()) > 20, "every topic with its text");
  await page.evaluate(() => {
    document.documentElement.dataset.print = "overview";
  });
  assert.ok((await pages()) <= 2);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator("#search").isVisible()));
});
