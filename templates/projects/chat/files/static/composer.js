// The field in which one writes. What was sent is remembered until it comes back from the server, so that
// nothing gets lost with a connection.

import { byId, clearErrors, showErrors } from "./page.js";

const MOST_CHARACTERS = 2000;

const form = byId("composer");
const field = byId("text");
let unheard = [];
let live = null;

/** Texts go to this connection from now on. */
export function writeTo(connection) {
  live = connection;
  unheard = [];
  field.value = "";
  clearErrors(form);
}

/** An own message has come back: it is stored. */
export function heard(text) {
  const index = unheard.indexOf(text);
  if (index >= 0) unheard.splice(index, 1);
}

/** Puts what was sent and never heard back into the field. */
export function giveBack(detail) {
  if (!unheard.length) return;
  field.value = [...unheard, field.value].filter(Boolean).join("\n");
  unheard = [];
  complain(detail);
}

function complain(detail) {
  showErrors(form, { errors: { text: [detail] } });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value;
  clearErrors(form);
  if (!text.trim()) return field.focus();
  // Characters as the server counts them: an emoji is one, not two.
  if ([...text].length > MOST_CHARACTERS) return complain("This is longer than 2,000 characters");
  if (!live?.ready) return complain("There is no connection at the moment; your text stays here");
  live.say(text);
  unheard.push(text);
  field.value = "";
  field.focus();
});

field.addEventListener("keydown", (event) => {
  // Enter also ends a word in some keyboards: that is no wish to send.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
