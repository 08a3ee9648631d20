// The conversation as it is shown: messages in the order of their ids, a line for whoever comes or goes, and
// one for each day.

import { byId, element } from "./page.js";

const SAME_BREATH_MS = 5 * 60_000;
const NEAR_PX = 60;

const log = byId("log");
let entries = [];
let me = "";

export function clear(name) {
  entries = [];
  me = name;
  draw();
}

const ids = () => entries.filter((entry) => entry.author !== undefined).map((entry) => entry.id);
export const oldest = () => ids()[0];
export const newest = () => ids().at(-1) ?? 0;

/** Adds messages, new or old, each once. */
export function add(messages) {
  const known = new Set(ids());
  const added = messages.filter((message) => !known.has(message.id));
  const own = added.some((message) => message.author === me);
  insert(
    added.map((message) => ({ ...message, at: new Date(message.sent_at) })),
    own,
  );
}

/** Adds a line about the room, behind the newest message. */
export const addLine = (line) => insert([{ id: newest(), line, at: new Date() }]);

/** Shows the end of the conversation. */
export function toEnd() {
  log.scrollTop = log.scrollHeight;
  byId("newest").hidden = true;
}

function insert(added, own = false) {
  if (!added.length) return;
  const atEnd = isAtEnd();
  const toTheEnd = added[0].id >= newest();
  // Sorting keeps the order of equals, so a line stays behind its message.
  entries = [...entries, ...added].sort((one, other) => one.id - other.id);
  const fromBottom = log.scrollHeight - log.scrollTop;
  if (toTheEnd) byId("entries").append(...nodes(entries.slice(-added.length), entries.at(-added.length - 1)));
  else draw();

  if (atEnd || own) toEnd();
  else if (toTheEnd) byId("newest").hidden = false;
  else log.scrollTop = log.scrollHeight - fromBottom;
}

function draw() {
  byId("entries").replaceChildren(...nodes(entries));
}

function nodes(shown, before) {
  return shown.flatMap((entry, index) => {
    const previous = index ? shown[index - 1] : before;
    const newDay = previous?.at.toDateString() !== entry.at.toDateString();
    const node = entry.line
      ? element("li", { className: "about" }, entry.line)
      : message(entry, !newDay && previous);
    return newDay ? [element("li", { className: "day" }, day(entry.at)), node] : [node];
  });
}

function message(entry, previous) {
  const again = previous && previous.author === entry.author && entry.at - previous.at < SAME_BREATH_MS;
  const author = entry.author === me ? `${entry.author} (you)` : entry.author;
  return element(
    "li",
    { className: entry.author === me ? "message own" : "message" },
    element(
      "p",
      { className: again ? "unseen" : "meta" },
      element("strong", { dir: "auto" }, author),
      " ",
      element("time", { dateTime: entry.sent_at }, time(entry.at)),
    ),
    element("div", { className: "text bubble", dir: "auto" }, entry.text),
  );
}

const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
const time = (date) => date.toLocaleTimeString(undefined, { timeStyle: "short" });
const day = (date) => date.toLocaleDateString(undefined, { dateStyle: "full" });

byId("newest").addEventListener("click", () => {
  toEnd();
  log.focus();
});
log.addEventListener("scroll", () => {
  if (isAtEnd()) byId("newest").hidden = true;
});
