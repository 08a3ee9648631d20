// The task board, as a visitor uses it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HOSTILE, LOOKS, api, assertGoodPage, unique, visitor } from "./support/visitor.js";

const column = (page, status) => page.locator(`.column[data-status="${status}"]`);
const task = (page, title) =>
  page.locator(".task", { has: page.getByRole("heading", { name: title, exact: true }) });

async function add(page, title) {
  await page.getByLabel("New task").fill(title);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await task(page, title).waitFor();
}

test("a task is added, edited, moved and deleted", async (t) => {
  const page = await visitor(t);
  const title = unique("Water the plants");
  await page.goto("/");
  await add(page, title);
  assert.equal(await page.getByLabel("New task").inputValue(), "");

  await task(page, title).getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Description").fill("All of them.\nThe cactus too.");
  await page.getByRole("dialog").getByLabel("Priority").selectOption("high");
  await page.getByLabel("Due day").fill("2020-02-29");
  await page.getByRole("button", { name: "Save" }).click();
  await task(page, title).getByText("Overdue since").waitFor();
  await task(page, title).getByText("High priority").waitFor();

  await task(page, title).getByRole("button", { name: "Move to Doing" }).click();
  await column(page, "doing").getByText(title).waitFor();
  await page.reload();
  await column(page, "doing").getByText(title).waitFor();

  await task(page, title).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Keep" }).click();
  await task(page, title).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await task(page, title).waitFor({ state: "detached" });
});

test("the keyboard alone is enough, and keeps its place", async (t) => {
  const page = await visitor(t);
  const title = unique("By keyboard");
  await page.goto("/");
  await page.getByLabel("New task").focus();
  await page.keyboard.type(title);
  await page.keyboard.press("Enter");
  await task(page, title).waitFor();

  await task(page, title).getByRole("button", { name: "Move to Doing" }).focus();
  await page.keyboard.press("Enter");
  await column(page, "doing").getByText(title).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.id);
  assert.equal(await focused(), `Move to Done: ${title}`);

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await focused(), `Edit: ${title}`);

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await task(page, title).waitFor({ state: "detached" });
  assert.equal(await focused(), "doing");
});

test("a task can be dragged into another column", async (t) => {
  const page = await visitor(t);
  const title = unique("Drag me");
  await page.goto("/");
  await add(page, title);
  await task(page, title).dragTo(column(page, "done").getByRole("heading", { level: 2 }));
  await column(page, "done").getByText(title).waitFor();
});

test("a mistake is told beside its field, and nothing is lost", async (t) => {
  const page = await visitor(t, { refused: ["422 POST /api/tasks", /^422 PATCH/] });
  const title = unique("Right");
  await page.goto("/");
  await page.getByLabel("New task").fill("x".repeat(201));
  await page.keyboard.press("Enter");
  const field = page.getByLabel("New task");
  await page.locator('#add-title[aria-invalid="true"]').waitFor();
  assert.notEqual(await page.locator("#add-title-error").textContent(), "");
  assert.equal((await field.inputValue()).length, 201);

  await add(page, title);
  assert.equal(await field.getAttribute("aria-invalid"), null);
  await task(page, title).getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Title").fill(" ");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator('#title[aria-invalid="true"]').waitFor();
  await page.getByLabel("Title").fill(`${title}!`);
  await page.getByRole("button", { name: "Save" }).click();
  await task(page, `${title}!`).waitFor();
});

test("search, priority and order choose what is shown", async (t) => {
  const page = await visitor(t);
  const word = unique("needle");
  for (const [title, priority, due] of [
    ["b", "low", null],
    ["a", "high", "2031-01-02"],
    ["c", "high", "2031-01-01"],
  ]) {
    await api("POST", "/api/tasks", { title: `${word} ${title}`, priority, due });
  }
  const shown = async (...titles) => {
    const wanted = titles.map((title) => `${word} ${title}`).join("|");
    await page.waitForFunction(
      (text) =>
        [...document.querySelectorAll(".task h3")].map((title) => title.textContent).join("|") === text,
      wanted,
    );
  };
  await page.goto("/");
  await page.getByLabel("Search").fill(word.toUpperCase());
  await shown("c", "a", "b");
  await page.getByLabel("Order").selectOption("title");
  await shown("a", "b", "c");
  await page.getByLabel("Order").selectOption("due");
  await shown("c", "a", "b");
  await page.getByLabel("Priority").first().selectOption("high");
  await shown("c", "a");
  await page.getByLabel("Search").fill(`${word} nothing`);
  await column(page, "todo").getByText("No task fits.").waitFor();
});

test("many tasks come page by page", async (t) => {
  const page = await visitor(t);
  const word = unique("many");
  for (let index = 0; index < 53; index += 1)
    await api("POST", "/api/tasks", { title: `${word} ${index}`, status: "done" });
  await page.goto("/");
  await page.getByLabel("Search").fill(word);
  await page.getByRole("button", { name: "Show more (50 of 53)" }).click();
  await column(page, "done").getByText(`${word} 0`, { exact: true }).waitFor();
  assert.equal(await page.locator(".task").count(), 53);
});

test("without an answer the page says so, and tries again", async (t) => {
  const page = await visitor(t, { refused: [/^lost (GET|POST) /] });
  const title = unique("Kept");
  await page.route("**/api/**", (route) => route.abort());
  await page.goto("/");
  await page.getByText("The server cannot be reached").waitFor();
  await page.getByLabel("New task").fill(title);
  await page.keyboard.press("Enter");
  await page.locator("#add .form-error:not(:empty)").waitFor();
  await page.unroute("**/api/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("#notice").waitFor({ state: "hidden" });
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await task(page, title).waitFor();
});

test("hostile texts are shown as texts, in every look", async (t) => {
  const word = unique("hostile");
  for (const text of HOSTILE)
    await api("POST", "/api/tasks", { title: `${text} ${word}`, description: text, due: "2020-01-01" });
  for (const look of LOOKS) {
    const page = await visitor(t, look);
    await page.goto("/");
    await page.getByLabel("Search").fill(word);
    for (const text of HOSTILE)
      await task(page, `${text} ${word}`).getByText(text, { exact: true }).waitFor();
    await assertGoodPage(page, `the board at ${look.viewport.width}`);
    await page.getByRole("button", { name: "Edit" }).first().click();
    await assertGoodPage(page, `the editor at ${look.viewport.width}`);
  }
});
