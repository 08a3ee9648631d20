// A room from entering to leaving: who is there, what is said, and the history behind it.

import { get } from "./api.js";
import { announce, button, byId, element, failed, notice } from "./page.js";
import * as composer from "./composer.js";
import * as log from "./log.js";
import { join } from "./live.js";

const PAGE = 50;

let live = null;
let room = null;
let members = [];
let unread = 0;
let reading = false;

/** Enters a room; `back(problem)` is called if that cannot be. */
export async function enter(id, name, back) {
  const mine = { id, name: "" };
  room = mine;
  members = [];
  log.clear(name);
  byId("room-heading").textContent = "…";
  byId("line").replaceChildren("Joining …");
  byId("older").hidden = true;
  byId("silence").hidden = true;
  drawMembers();
  notice("");
  live = join(id, name, {
    async welcome(text) {
      members = text.members;
      drawMembers();
      byId("line").replaceChildren();
      await catchUp();
      composer.giveBack("The connection broke: perhaps nobody has seen this");
    },
    joined(text) {
      members = [...members, text.name];
      drawMembers();
      log.addLine(`${text.name} joined`);
    },
    left(text) {
      members = members.filter((member) => member !== text.name);
      drawMembers();
      log.addLine(`${text.name} left`);
    },
    message(message) {
      take([message], name);
      if (message.author !== name) tell(message);
    },
    error: (text) => composer.giveBack(text.detail),
    waiting: (ms) =>
      byId("line").replaceChildren(
        `The connection is lost. Next try in ${Math.ceil(ms / 1000)} s. `,
        button("Try now", () => live.retry(), { className: "second" }),
      ),
    refused: back,
  });
  composer.writeTo(live);
  try {
    const { name: title } = await get(`/api/rooms/${id}`);
    if (room !== mine) return;
    mine.name = title;
    byId("room-heading").textContent = title;
    drawTitle();
  } catch {
    // The connection finds out as well, and says what is wrong.
  }

  /** Reads what was said before, or since the connection broke. */
  async function catchUp() {
    const known = log.newest();
    let part = await read({});
    if (!known) byId("older").hidden = !part.has_more;
    while (known && part.has_more && part.items[0].id > known)
      part = await read({ before: part.items[0].id });
    byId("silence").hidden = log.newest() > 0;
  }

  async function read(query) {
    try {
      const part = await get(`/api/rooms/${id}/messages`, { ...query, limit: PAGE });
      if (room === mine) take(part.items, name);
      return part;
    } catch (problem) {
      failed(problem, () => {
        notice("");
        catchUp();
      });
      return { items: [], has_more: false };
    }
  }

  byId("older").onclick = async () => {
    if (reading) return;
    reading = true;
    const part = await read({ before: log.oldest() });
    if (part.items.length) byId("older").hidden = !part.has_more;
    reading = false;
  };
}

export function leave() {
  live?.leave();
  live = null;
  room = null;
  unread = 0;
}

function take(messages, name) {
  log.add(messages);
  byId("silence").hidden = log.newest() > 0;
  for (const message of messages) if (message.author === name) composer.heard(message.text);
}

function tell(message) {
  announce(`${message.author}: ${message.text}`);
  if (document.hidden) unread += 1;
  drawTitle();
}

function drawTitle() {
  if (room) document.title = `${unread ? `(${unread}) ` : ""}${room.name} – My chat`;
}

function drawMembers() {
  byId("member-count").textContent = members.length || "";
  byId("members").replaceChildren(...members.map((member) => element("li", { dir: "auto" }, member)));
}

byId("log").addEventListener("scroll", (event) => {
  if (event.target.scrollTop < 40 && !byId("older").hidden) byId("older").click();
});
addEventListener("visibilitychange", () => {
  unread = 0;
  drawTitle();
});
addEventListener("online", () => live?.retry());
