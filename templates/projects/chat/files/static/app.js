// The chat: which page is shown. The address behind `#` says it: `#/` is the lobby, `#/rooms/ID` a room.

import { byId } from "./page.js";
import * as lobby from "./lobby.js";
import * as room from "./room.js";

function route({ first = false } = {}) {
  const { hash } = location;
  // The skip link's address is no page.
  if (hash && !hash.startsWith("#/")) return;
  const [, id] = /^#\/rooms\/(\d+)$/.exec(hash) ?? [];
  room.leave();
  if (id && !lobby.myName()) return back({ errors: { name: ["Tell your name first, then choose a room"] } });
  byId("lobby").hidden = Boolean(id);
  byId("room").hidden = !id;
  if (id) {
    room.enter(Number(id), lobby.myName(), back);
  } else {
    document.title = "My chat";
    lobby.show();
  }
  if (!first) byId(id ? "room-heading" : "lobby-heading").focus();
}

/** To the lobby, with the reason why the room stays closed. */
function back(problem) {
  history.replaceState(null, "", "#/");
  route();
  lobby.explain(problem);
}

addEventListener("hashchange", () => route());
route({ first: true });
