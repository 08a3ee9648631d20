// The receipt. Its address holds the order's id, so it can be kept and opened again.

import { get } from "./api.js";
import { byId, element, failed, notice } from "./page.js";
import { money } from "./money.js";

export async function show(id) {
  byId("receipt").replaceChildren(element("p", { className: "quiet" }, "Loading …"));
  try {
    const order = await get(`/api/orders/${encodeURIComponent(id)}`);
    notice("");
    byId("receipt").replaceChildren(receipt(order));
  } catch (problem) {
    byId("receipt").replaceChildren();
    if (problem.status === 404) notice("There is no such order. Is the address complete?");
    else failed(problem, () => show(id));
  }
}

function receipt(order) {
  const price = (cents) => money(cents, order.currency);
  const when = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" }).format(
    new Date(order.created_at),
  );
  return element(
    "div",
    { className: "receipt card" },
    element(
      "p",
      {},
      `Thank you, ${order.name}! We have your order `,
      element("strong", { className: "number" }, order.number),
      ".",
    ),
    element("p", { className: "meta" }, `${when} · ${order.status} · ${order.email}`),
    element(
      "ul",
      { className: "lines" },
      ...order.items.map((item) =>
        element(
          "li",
          { className: "line" },
          element("span", { className: "what" }, `${item.quantity} × ${item.name}`),
          element("strong", { className: "sum" }, price(item.line_total_cents)),
        ),
      ),
    ),
    element("p", { className: "total" }, "Total ", element("strong", {}, price(order.total_cents))),
    element("h2", {}, "It goes to"),
    element("p", { className: "text" }, `${order.name}\n${order.address}`),
  );
}
