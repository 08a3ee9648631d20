// The catalogue: a search whose words stand in the address, so that "back" and bookmarks work.

import { get } from "./api.js";
import { byId, clearErrors, element, failed, notice, showErrors } from "./page.js";
import { onCart } from "./cart.js";
import { cents } from "./money.js";
import { card, tellQuantities } from "./product.js";

const PER_PAGE = 12;
const form = byId("filter");

/** Searches are numbered: the answer to an earlier one is dropped when it comes late. */
let latest = 0;

/** Shows the products that `query`, the part of the address behind `#/?`, asks for. */
export async function show(query) {
  await listCategories();
  for (const field of form.querySelectorAll("[name]")) {
    if (field.type === "checkbox") field.checked = query.has(field.name);
    else field.value = query.get(field.name) ?? "";
  }
  await load(query);
}

async function load(query) {
  const number = ++latest;
  const [sort, order] = (query.get("sort") ?? "").split("-");
  const filled = Object.fromEntries(query);
  const prices = { min_price: cents(filled.min_price ?? ""), max_price: cents(filled.max_price ?? "") };
  try {
    const list = await get("/api/products", { ...filled, ...prices, sort, order, per_page: PER_PAGE });
    if (number !== latest) return;
    notice("");
    clearErrors(form);
    draw(list, query);
  } catch (problem) {
    if (number !== latest) return;
    if (problem.status === 422) showErrors(form, problem);
    else failed(problem, () => show(query));
    byId("found").textContent = "";
  }
}

function draw(list, query) {
  const found = list.total === 1 ? "1 product" : `${list.total} products`;
  byId("found").textContent = list.total ? found : "Nothing fits. Try fewer words, or another category.";
  byId("products").replaceChildren(...list.items.map(card));
  tellQuantities();

  const last = Math.max(1, Math.ceil(list.total / list.per_page));
  const link = (page, rel, text) =>
    page >= 1 && page <= last ? element("a", { rel, href: address(query, page) }, text) : element("span", {});
  byId("pages").hidden = last === 1 && list.page === 1;
  byId("pages").replaceChildren(
    link(list.page - 1, "prev", "← Back"),
    element("span", {}, `Page ${list.page} of ${last}`),
    link(list.page + 1, "next", "More →"),
  );
}

function address(query, page) {
  const changed = new URLSearchParams(query);
  changed.set("page", page);
  return `#/?${changed}`;
}

/** The categories come from the server once. */
async function listCategories() {
  const select = byId("category");
  if (select.options.length > 1) return;
  try {
    const { items } = await get("/api/categories");
    if (select.options.length === 1)
      select.append(...items.map((name) => element("option", { value: name }, name)));
  } catch {
    // The products come from the same server: it is told there what is wrong.
  }
}

let typing;
form.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const filled = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(filled);
    history.replaceState(null, "", `#/?${query}`);
    load(query);
  }, 250);
});
form.addEventListener("submit", (event) => event.preventDefault());

onCart(tellQuantities);
