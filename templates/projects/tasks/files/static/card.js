// Draws one task as a card.

import { button, element } from "./page.js";

export const COLUMNS = { todo: "To do", doing: "Doing", done: "Done" };

/** `act` has what a card's buttons do: `move(task, status)`, `edit(task)` and `remove(task)`. */
export function card(task, act) {
  const made = element("li", { className: "task card", draggable: true, "data-task": task.id });
  made.append(element("h3", { dir: "auto" }, task.title));
  if (task.description.trim())
    made.append(element("p", { className: "text", dir: "auto" }, task.description));
  made.append(marks(task), actions(task, act));
  return made;
}

function marks(task) {
  const made = element("p", { className: "marks" });
  if (task.priority !== "normal") {
    made.append(
      element(
        "span",
        { className: task.priority === "high" ? "tag" : "" },
        `${capital(task.priority)} priority`,
      ),
    );
  }
  if (task.due) made.append(dueMark(task));
  return made;
}

function dueMark(task) {
  const today = dayOf(new Date());
  const open = task.status !== "done";
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(task.due),
  );
  const time = element("time", { dateTime: task.due }, day);
  if (open && task.due < today) return element("span", { className: "late" }, "Overdue since ", time);
  return element("span", {}, open && task.due === today ? "Due today, " : "Due ", time);
}

function actions(task, act) {
  const made = element("div", { className: "actions" });
  const names = Object.keys(COLUMNS);
  const add = (name, text, label, click) =>
    made.append(button(text, click, { "aria-label": `${label}: ${task.title}`, "data-action": name }));
  const step = (name, arrow, status) => {
    if (!status) return;
    const text = element("span", {}, arrow, element("span", { className: "where" }, ` ${COLUMNS[status]}`));
    add(name, text, `Move to ${COLUMNS[status]}`, () => act.move(task, status));
  };
  step("back", "←", names[names.indexOf(task.status) - 1]);
  step("on", "→", names[names.indexOf(task.status) + 1]);
  add("edit", "Edit", "Edit", () => act.edit(task));
  add("delete", "Delete", "Delete", () => act.remove(task));
  return made;
}

/** The day in the visitor's own time zone, in the form of the API: `2030-05-01`. */
function dayOf(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
