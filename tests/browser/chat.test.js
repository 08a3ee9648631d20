// The chat, as two people use it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { BASE, HOSTILE, LOOKS, api, assertGoodPage, unique, visitor } from "./support/visitor.js";

const openRoom = () => api("POST", "/api/rooms", { name: unique("room") });
const bubble = (page, text) => page.locator(".message .bubble").filter({ hasText: text });
const members = (page, names) =>
  page.waitForFunction(
    (wanted) => [...document.querySelectorAll("#members li")].map((one) => one.textContent).join() === wanted,
    names.join(),
  );

async function enter(page, name, room) {
  await page.goto("/");
  await page.getByLabel("Your name").fill(name);
  await page.goto(`/#/rooms/${room.id}`);
  await page.getByRole("heading", { name: room.name }).waitFor();
  await page.locator("#members li").first().waitFor();
}

async function say(page, text) {
  await page.getByLabel("Your message").fill(text);
  await page.keyboard.press("Enter");
}

/** Somebody who talks without a page. */
async function talker(t, room, name) {
  const socket = new WebSocket(`${BASE.replace("http", "ws")}/api/rooms/${room.id}/live?name=${name}`);
  t.after(() => socket.close());
  await once(socket, "open");
  return (text) => socket.send(JSON.stringify({ type: "message", text }));
}

test("two people talk in a room that one of them has opened", async (t) => {
  const [ada, grace] = [await visitor(t), await visitor(t)];
  const name = unique("tea");
  await ada.goto("/");
  await ada.getByLabel("Your name").fill("Ada");
  await ada.getByLabel("A new room").fill(name);
  await ada.keyboard.press("Enter");
  await ada.getByRole("heading", { name }).waitFor();
  await ada.getByText("Nobody has said anything yet.").waitFor();

  await grace.goto("/");
  await grace.getByLabel("Your name").fill("Grace");
  await grace.getByRole("link", { name }).click();
  await ada.getByText("Grace joined").waitFor();
  await members(ada, ["Ada", "Grace"]);
  await members(grace, ["Ada", "Grace"]);

  await say(ada, "Hello, Grace!");
  await bubble(grace, "Hello, Grace!").waitFor();
  await grace.getByLabel("Your message").focus();
  await grace.keyboard.type("Two");
  await grace.keyboard.press("Shift+Enter");
  await grace.keyboard.type("lines");
  await grace.keyboard.press("Enter");
  await bubble(ada, "Two").waitFor();
  assert.equal(await bubble(ada, "Two").textContent(), "Two\nlines");
  assert.equal(await ada.locator(".own .bubble").allTextContents().then(String), "Hello, Grace!");
  assert.equal(await ada.locator(".day").count(), 1);

  await grace.getByRole("link", { name: "All rooms" }).click();
  await ada.getByText("Grace left").waitFor();
  await members(ada, ["Ada"]);
});

test("what stands in the way is told: the name, the room", async (t) => {
  const room = await openRoom();
  const refused = [/^4\d\d GET .*live/, /^404 GET .*rooms/, "409 POST /api/rooms", "422 POST /api/rooms"];
  const [ada, other] = [await visitor(t), await visitor(t, { refused })];
  await enter(ada, "Ada", room);
  await other.goto("/");
  await other.getByRole("link", { name: room.name }).click();
  await other.getByText("Tell your name first").waitFor();
  for (const name of ["Ada", "x".repeat(41)]) {
    await other.getByLabel("Your name").fill(name);
    await other.getByRole("link", { name: room.name }).click();
    await other.locator('#name[aria-invalid="true"]').waitFor();
    assert.notEqual(await other.locator("#name-error").textContent(), "");
  }
  await other.getByLabel("Your name").fill("Grace");
  for (const name of ["Not a room!", room.name]) {
    await other.getByLabel("A new room").fill(name);
    await other.getByRole("button", { name: "Open it" }).click();
    await other.locator("#room-form .error:not(:empty)").waitFor();
  }
  await other.goto("/#/rooms/999999999");
  await other.getByText("This room does not exist").waitFor();
  await other.getByRole("link", { name: room.name }).click();
  await members(ada, ["Ada", "Grace"]);
});

test("the history comes page by page, in order and each once", async (t) => {
  const room = await openRoom();
  const talk = await talker(t, room, "Alan");
  for (let number = 1; number <= 120; number += 1) talk(`number ${number}`);
  const page = await visitor(t);
  await enter(page, "Ada", room);
  await bubble(page, "number 120").waitFor();
  assert.ok(await bubble(page, "number 120").isVisible());
  const all = page.locator(".bubble");
  const more = (before) =>
    page.waitForFunction((count) => document.querySelectorAll(".bubble").length > count, before);
  // A mouse on its way to the button would scroll to the top, which loads a page as well.
  const older = page.getByRole("button", { name: "Show older messages" });
  const shown = await all.count();
  await older.dispatchEvent("click");
  await more(shown);
  while (await older.isVisible()) {
    const count = await all.count();
    await page.locator("#log").evaluate((log) => (log.scrollTop = 0));
    await more(count);
  }
  assert.deepEqual(
    await all.allTextContents(),
    Array.from({ length: 120 }, (_, index) => `number ${index + 1}`),
  );

  await page.locator("#log").evaluate((log) => (log.scrollTop = log.scrollHeight / 2));
  talk("new while reading");
  await page.getByRole("button", { name: "New messages" }).click();
  await page.getByRole("button", { name: "New messages" }).waitFor({ state: "hidden" });
});

test("after a break the page comes back with what was said meanwhile", async (t) => {
  const room = await openRoom();
  const page = await visitor(t, { refused: [/^4\d\d GET .*live/] });
  let breakUp;
  let broken = false;
  await page.routeWebSocket(/\/live/, (socket) => {
    if (broken) return socket.close();
    const server = socket.connectToServer();
    breakUp = async () => {
      broken = true;
      await server.close();
      await socket.close();
    };
  });
  await enter(page, "Ada", room);
  const talk = await talker(t, room, "Alan");
  await members(page, ["Ada", "Alan"]);
  talk("before the break");
  await bubble(page, "before the break").waitFor();
  await breakUp();
  await page.getByText("The connection is lost").waitFor();
  await say(page, "kept");
  assert.equal(await page.getByLabel("Your message").inputValue(), "kept");
  for (let number = 1; number <= 60; number += 1) talk(`meanwhile ${number}`);
  broken = false;
  await page.getByRole("button", { name: "Try now" }).click();
  await bubble(page, "meanwhile 60").waitFor();
  await page.getByLabel("Your message").press("Enter");
  await bubble(page, "kept").waitFor();
  const texts = await page.locator(".bubble").allTextContents();
  assert.equal(texts.length, 62);
  assert.equal(new Set(texts).size, 62);
});

test("the title counts what was said while nobody looked", async (t) => {
  const room = await openRoom();
  const page = await visitor(t);
  await enter(page, "Ada", room);
  const talk = await talker(t, room, "Alan");
  const look = (away) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, away);
  await look(true);
  talk("one");
  talk("two");
  await page.waitForFunction((name) => document.title === `(2) ${name} – My chat`, room.name);
  await look(false);
  assert.equal(await page.title(), `${room.name} – My chat`);
});

test("hostile texts and names are shown as texts, in every look", async (t) => {
  const room = await openRoom();
  const talk = await talker(t, room, encodeURIComponent("<img src=/no onerror=alert(1)>"));
  for (const text of HOSTILE) talk(text);
  for (const [index, look] of LOOKS.entries()) {
    const page = await visitor(t, look);
    await page.goto("/");
    await page.getByRole("link", { name: room.name }).waitFor();
    await assertGoodPage(page, `the lobby at ${look.viewport.width}`);
    await enter(page, `<b>${index}</b>`, room);
    for (const text of HOSTILE) await bubble(page, text).first().waitFor();
    await page.locator("#members").getByText("<img src=/no onerror=alert(1)>").waitFor();
    await assertGoodPage(page, `the room at ${look.viewport.width}`);
  }
});
