// The lobby: one's name, the rooms, and a new room.

import { get, send } from "./api.js";
import { byId, clearErrors, element, failed, notice, recall, remember, showErrors } from "./page.js";

const KEY = "chat.name";
const PER_PAGE = 50;

const nameForm = byId("name-form");
const roomForm = byId("room-form");
let pages = 1;

export const myName = () => byId("name").value.trim();

export async function show() {
  try {
    const numbers = Array.from({ length: pages }, (_, index) => index + 1);
    const lists = await Promise.all(numbers.map((page) => get("/api/rooms", { page, per_page: PER_PAGE })));
    const rooms = new Map(lists.flatMap((list) => list.items).map((room) => [room.id, room]));
    byId("rooms").replaceChildren(...[...rooms.values()].map(link));
    byId("no-rooms").textContent = rooms.size ? "" : "There is none yet. Open the first one.";
    byId("more-rooms").hidden = rooms.size >= lists[0].total;
  } catch (problem) {
    byId("no-rooms").textContent = "";
    failed(problem, () => {
      notice("");
      show();
    });
  }
}

/** Says why a room could not be entered: beside the name, if it is about the name. */
export function explain(problem) {
  if (problem.status === 404) return notice("This room does not exist (any more).");
  const about = problem.status === 409 ? { name: [problem.message] } : problem.errors;
  if (about?.name) showErrors(nameForm, { errors: about });
  else failed(problem);
}

function link(room) {
  return element("li", {}, element("a", { href: `#/rooms/${room.id}` }, room.name));
}

// Each window may speak under another name; a new one begins with the last.
byId("name").value = recall(KEY) ?? "";
nameForm.addEventListener("input", () => {
  clearErrors(nameForm);
  remember(KEY, myName());
});
nameForm.addEventListener("submit", (event) => {
  event.preventDefault();
  byId("rooms").querySelector("a")?.focus();
});

byId("more-rooms").addEventListener("click", () => {
  pages += 1;
  show();
});

roomForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearErrors(roomForm);
  try {
    const room = await send("POST", "/api/rooms", { name: byId("room-name").value });
    roomForm.reset();
    location.hash = `#/rooms/${room.id}`;
  } catch (problem) {
    showErrors(roomForm, problem);
  }
});
