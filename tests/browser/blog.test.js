// The blog's pages, as a reader uses them. They come from the server, and need no JavaScript.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HOSTILE, LOOKS, api, assertGoodPage, unique, visitor } from "./support/visitor.js";

const publish = (title, more = {}) =>
  api("POST", "/api/posts", { title, body: "A text.", published: true, ...more });
const author = (page) => page.locator('form [name="author"]');
const body = (page) => page.locator('form [name="body"]');
const send = (page) => page.locator('form :is(button, [type="submit"])').click();

for (const javaScriptEnabled of [false, true]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  test(`a post is found, read and commented on ${how}`, async (t) => {
    const page = await visitor(t, { javaScriptEnabled });
    const title = unique("Hello");
    await publish(title, { body: "First line.\nSecond line.", tags: ["reading"] });
    await page.goto("/");
    await page.getByRole("link", { name: title }).click();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.getByText("Second line.").waitFor();

    await author(page).fill("Ada & Co");
    await body(page).fill("Well said!\nReally.");
    await send(page);
    await page.locator("main").getByText("Ada & Co").waitFor();
    await page.locator("main").getByText("Well said!").waitFor();
    assert.equal(await body(page).inputValue(), "");

    await page.getByRole("link", { name: "reading", exact: true }).click();
    await page.getByRole("link", { name: title }).waitFor();
  });
}

test("a mistake in a comment is told beside its field, and what was typed stays", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false, refused: [/^422 POST \/posts\/.*\/comments$/] });
  const { slug } = await publish(unique("Mistakes"));
  await page.goto(`/posts/${slug}`);
  // The browser's own checks are passed by: the server's are tried.
  await author(page).fill(" ");
  await body(page).fill("x <b>\n\ny");
  await send(page);
  await page.locator('[name="author"][aria-invalid="true"]').waitFor();
  assert.equal(await body(page).getAttribute("aria-invalid"), null);
  assert.equal(await body(page).inputValue(), "x <b>\n\ny");
  const told = await author(page).getAttribute("aria-describedby");
  assert.notEqual((await page.locator(`#${told}`).textContent()).trim(), "");
  await author(page).fill("Ada");
  await send(page);
  await page.locator("main").getByText("x <b>").waitFor();
});

test("many posts are leafed through, newest first", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false });
  const tag = unique("many").slice(0, 30);
  for (let number = 1; number <= 23; number += 1) await publish(`${tag} number ${number}`, { tags: [tag] });
  const titles = [];
  await page.goto(`/tags/${tag}`);
  for (const onPage of [10, 10, 3]) {
    const found = await page
      .locator("main")
      .getByRole("link", { name: /number \d+$/ })
      .allTextContents();
    assert.equal(found.length, onPage);
    titles.push(...found.map((title) => title.trim()));
    if (onPage === 10) await page.locator('a[rel="next"]').click();
  }
  assert.deepEqual(
    titles,
    Array.from({ length: 23 }, (_, index) => `${tag} number ${23 - index}`),
  );
  assert.equal(await page.locator('a[rel="next"]').count(), 0);
  await page.locator('a[rel="prev"]').click();
  await page.getByRole("link", { name: `${tag} number 13` }).waitFor();
});

test("the keyboard alone is enough", async (t) => {
  const page = await visitor(t);
  const { slug } = await publish(unique("Keyboard"));
  await page.goto(`/posts/${slug}`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
  await author(page).focus();
  await page.keyboard.type("Grace");
  await page.keyboard.press("Tab");
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("main").getByText("By keyboard").waitFor();
});

test("drafts and unknown addresses are pages that say so", async (t) => {
  const page = await visitor(t, { refused: [/^404 GET /] });
  const { slug } = await publish(unique("Draft"), { published: false });
  for (const path of [`/posts/${slug}`, "/posts/there-is-none", "/nowhere/at-all"]) {
    const response = await page.goto(path);
    assert.equal(response.status(), 404, path);
    await assertGoodPage(page, path);
    await page.getByRole("link", { name: "My blog" }).waitFor();
  }
});

test("hostile texts are shown as texts, in every look", async (t) => {
  const posts = [];
  for (const text of HOSTILE) posts.push(await publish(text, { body: text, tags: ["hostile"] }));
  for (const { slug } of posts)
    await api("POST", `/api/posts/${slug}/comments`, { author: "<b>A</b>", body: HOSTILE.join("\n") });
  for (const look of LOOKS) {
    const page = await visitor(t, look);
    await page.goto("/tags/hostile");
    for (const text of HOSTILE) await page.getByRole("link", { name: text }).first().waitFor();
    await assertGoodPage(page, `the list at ${look.viewport.width}`);
    for (const { slug, title } of posts.slice(0, 4)) {
      await page.goto(`/posts/${slug}`);
      await page.getByRole("heading", { level: 1 }).getByText(title).waitFor();
      await page.locator("main").getByText("<b>A</b>").waitFor();
    }
    await assertGoodPage(page, `an article at ${look.viewport.width}`);
  }
});
