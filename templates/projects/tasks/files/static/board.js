// Draws the three columns, and keeps the keyboard's focus where it was.

import { byId } from "./page.js";
import { card } from "./card.js";

const EMPTY = {
  todo: "Nothing to do. Enjoy it, or add a task above.",
  doing: "Nothing is being done. Move a task here.",
  done: "Nothing is done yet.",
};

/** `columns`: for each status its `tasks` and the `total` on all pages; `more(status)` shows another page. */
export function draw(columns, { filtered, act, more }) {
  const focus = focused();
  for (const { status, tasks, total } of columns) {
    const column = document.querySelector(`.column[data-status="${status}"]`);
    column.querySelector(".count").textContent = total;
    column.querySelector(".tasks").replaceChildren(...tasks.map((task) => card(task, act)));
    const empty = column.querySelector(".empty");
    empty.hidden = total > 0;
    empty.textContent = filtered ? "No task fits." : EMPTY[status];
    const button = column.querySelector(".more");
    button.hidden = tasks.length >= total;
    button.textContent = `Show more (${tasks.length} of ${total})`;
    button.onclick = () => more(status);
  }
  byId("board").setAttribute("aria-busy", "false");
  if (focus) refocus(focus);
}

/** The tasks could not be read: what is shown already stays. */
export function stopWaiting() {
  byId("board").setAttribute("aria-busy", "false");
  for (const empty of document.querySelectorAll(".column .empty")) empty.textContent = "";
}

/** Which button of which task has the focus, and in which column. */
function focused() {
  const { activeElement } = document;
  const task = activeElement.closest("[data-task]");
  return (
    task && { task: task.dataset.task, action: activeElement.dataset.action, column: task.closest(".column") }
  );
}

/** Gives the focus back to the same button, wherever its task is now, or to the column that lost it. */
function refocus({ task, action, column }) {
  const found = document.querySelector(`[data-task="${task}"]`);
  const target = found?.querySelector(`[data-action="${action}"]`) ?? found?.querySelector("button");
  (target ?? column.querySelector("h2")).focus();
}
