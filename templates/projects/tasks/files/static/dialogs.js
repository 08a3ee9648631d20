// The two dialogs: one to edit a task, one that asks before a task is deleted.

import { byId, clearErrors, showErrors } from "./page.js";

/** Opens the editor. `save(fields)` may refuse with a problem, which is then shown beside the fields. */
export function edit(task, save) {
  const dialog = byId("editor");
  const form = dialog.querySelector("form");
  const names = ["title", "description", "status", "priority", "due"];
  for (const name of names) form.elements[name].value = task[name] ?? "";
  clearErrors(form);

  form.onsubmit = async (event) => {
    // The dialog closes when the task is saved, not before.
    event.preventDefault();
    const submit = event.submitter;
    submit.disabled = true;
    try {
      const changed = names
        .map((name) => [name, form.elements[name].value])
        .filter(([name, value]) => value !== (task[name] ?? ""));
      await save(
        Object.fromEntries(changed.map(([name, value]) => [name, name === "due" ? value || null : value])),
      );
      dialog.close();
    } catch (problem) {
      showErrors(form, problem);
    } finally {
      submit.disabled = false;
    }
  };
  dialog.querySelector(".cancel").onclick = () => dialog.close();
  dialog.showModal();
}

/** Asks, and says whether the task shall go. */
export function confirmDelete(task) {
  const dialog = byId("farewell");
  dialog.querySelector(".title").textContent = task.title;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "delete");
  });
}
