// Small tools for scripts of pages: elements, notices, and messages beside the fields of a form.

export const byId = (id) => document.getElementById(id);

/**
 * Makes an element: `element("p", {className: "meta"}, "Hello")`. Texts become text and never HTML, so a
 * visitor's `<script>` is only shown. Names with a hyphen are attributes, all others are properties.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

export const button = (text, click, properties = {}) =>
  element("button", { type: "button", onclick: click, ...properties }, text);

/** Says something to those who listen to the page: an element with `role="status"` holds it. */
export function announce(text) {
  // A text that is there already would not be read again.
  byId("announcer").textContent = "";
  setTimeout(() => (byId("announcer").textContent = text), 50);
}

/** Shows one notice at the top of the page, with a button to mend it; without a text it goes away. */
export function notice(text, { bad = false, label, click } = {}) {
  const place = byId("notice");
  place.replaceChildren();
  place.className = bad ? "notice bad" : "notice";
  place.hidden = !text;
  if (text) place.append(element("p", {}, text));
  if (text && label) place.append(button(label, click, { className: "second" }));
}

/** A problem as a notice, with a way to try once more. */
export const failed = (problem, again) =>
  notice(problem.message, { bad: true, ...(again && { label: "Try again", click: again }) });

/** Shows what is wrong beside each field of a form that has it, and the rest above its buttons. */
export function showErrors(form, problem) {
  clearErrors(form);
  const rest = [];
  for (const [name, messages] of Object.entries(problem.errors)) {
    const field = form.elements.namedItem(name);
    if (!field) rest.push(`${name} ${messages.join(", ")}`);
    else mark(field, messages);
  }
  if (!Object.keys(problem.errors).length) rest.push(problem.message);
  form.querySelector(".form-error").textContent = rest.map(sentence).join(" ");
  form.querySelector('[aria-invalid="true"]')?.focus();
}

export function clearErrors(form) {
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  form.querySelectorAll(".field .error").forEach((shown) => shown.remove());
  form.querySelector(".form-error").textContent = "";
}

function mark(field, messages) {
  const id = `${field.id}-error`;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", id);
  field.closest(".field").append(element("p", { className: "error", id }, messages.map(sentence).join(" ")));
}

function sentence(text) {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** Keeps a value in this browser; null forgets it. A browser may forbid that: then it lasts as long as the page. */
export function remember(key, value) {
  memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The page works without.
  }
}

export function recall(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

const memory = new Map();
