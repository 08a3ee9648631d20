// The task board: reads the tasks from the API, and sends it every change. The server is asked again after
// each change, so that the board shows what is stored.

import { get, send } from "./api.js";
import { announce, byId, clearErrors, failed, notice, showErrors } from "./page.js";
import { draw, stopWaiting } from "./board.js";
import { COLUMNS } from "./card.js";
import { confirmDelete, edit } from "./dialogs.js";
import { acceptDrops } from "./drag.js";

const PER_PAGE = 50;

/** How many pages of each column are shown. */
let pages;
/** Loads are numbered: the answer to an earlier one is dropped when it comes late. */
let latest = 0;

async function load() {
  const number = ++latest;
  const filter = chosen();
  try {
    const columns = await Promise.all(Object.keys(COLUMNS).map((status) => read(status, filter)));
    if (number !== latest) return;
    notice("");
    draw(columns, { filtered: Boolean(filter.q || filter.priority), act, more });
  } catch (problem) {
    if (number !== latest) return;
    stopWaiting();
    failed(problem, load);
  }
}

/** One column, page by page. A task that moved between two pages meanwhile is shown once. */
async function read(status, filter) {
  const numbers = Array.from({ length: pages[status] }, (_, index) => index + 1);
  const lists = await Promise.all(
    numbers.map((page) => get("/api/tasks", { ...filter, status, page, per_page: PER_PAGE })),
  );
  const tasks = new Map(lists.flatMap((list) => list.items).map((task) => [task.id, task]));
  return { status, tasks: [...tasks.values()], total: lists[0].total };
}

function chosen() {
  const { q, priority, order } = byId("filter").elements;
  // Priorities are sorted from low to high; the others start with what comes first.
  return {
    q: q.value.trim(),
    priority: priority.value,
    sort: order.value,
    order: order.value === "priority" ? "desc" : "",
  };
}

function more(status) {
  pages[status] += 1;
  load();
}

function loadFromTheStart() {
  pages = { todo: 1, doing: 1, done: 1 };
  return load();
}

const act = {
  move: (task, status) =>
    change(
      () => send("PATCH", `/api/tasks/${task.id}`, { status }),
      `Moved to ${COLUMNS[status]}: ${task.title}`,
    ),

  edit: (task) =>
    edit(task, async (fields) => {
      await send("PATCH", `/api/tasks/${task.id}`, fields);
      announce(`Saved: ${task.title}`);
      await load();
    }),

  async remove(task) {
    if (!(await confirmDelete(task))) return;
    await change(() => send("DELETE", `/api/tasks/${task.id}`), `Deleted: ${task.title}`);
  },
};

/** Sends a change, and shows what is stored then. */
async function change(request, told) {
  try {
    await request();
    announce(told);
    await load();
  } catch (problem) {
    if (problem.status === 404) await load();
    if (problem.status === 404) notice("That task is gone: somebody else has deleted it.");
    else failed(problem, () => change(request, told));
  }
}

byId("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const submit = form.querySelector("button");
  submit.disabled = true;
  clearErrors(form);
  try {
    const task = await send("POST", "/api/tasks", { title: form.elements.title.value });
    form.reset();
    form.elements.title.focus();
    announce(`Added: ${task.title}`);
    await load();
  } catch (problem) {
    showErrors(form, problem);
  } finally {
    submit.disabled = false;
  }
});

let typing;
byId("filter").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(loadFromTheStart, 250);
});
byId("filter").addEventListener("submit", (event) => event.preventDefault());

acceptDrops(byId("board"), (id, status) =>
  change(() => send("PATCH", `/api/tasks/${id}`, { status }), `Moved to ${COLUMNS[status]}`),
);

loadFromTheStart();
