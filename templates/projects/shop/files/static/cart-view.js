// The cart's page: its lines, and how many of each.

import { announce, button, byId, element, failed, notice } from "./page.js";
import { onCart, put, reason, refresh } from "./cart.js";
import { offer } from "./checkout.js";
import { money } from "./money.js";

export async function show() {
  try {
    draw(await refresh());
    notice("");
  } catch (problem) {
    failed(problem, show);
  }
}

function draw(cart) {
  const items = cart?.items ?? [];
  const { key } = document.activeElement.dataset;
  byId("lines").replaceChildren(...items.map((item) => line(item, cart.currency)));
  byId("total").textContent = cart ? money(cart.total_cents, cart.currency) : "";
  byId("full-cart").hidden = !items.length;
  offer(cart);
  byId("empty-cart").hidden = items.length > 0 || !byId("checkout").hidden;
  // The lines are new: the focus goes to the same button of the same line, or to the top.
  if (key) (document.querySelector(`[data-key="${key}"]:enabled`) ?? byId("cart-heading")).focus();
}

function line(item, currency) {
  const message = element("p", { className: "error", role: "alert" });
  const set = (quantity) => change(item, quantity, message);
  const key = (name) => ({ "data-key": `${name}-${item.product_id}`, className: "second" });
  const number = element("input", {
    type: "number",
    min: 0,
    max: 99,
    value: item.quantity,
    inputMode: "numeric",
    "aria-label": `Quantity of ${item.name}`,
    "data-key": `quantity-${item.product_id}`,
    onchange: () => set(number.valueAsNumber),
  });
  const less = button("−", () => set(item.quantity - 1), {
    "aria-label": `One less of ${item.name}`,
    ...key("less"),
  });
  less.disabled = item.quantity === 1;
  return element(
    "li",
    { className: "line" },
    element(
      "div",
      { className: "what" },
      element("strong", {}, item.name),
      element("span", { className: "quiet" }, `${money(item.unit_price_cents, currency)} each`),
    ),
    element("strong", { className: "sum" }, money(item.line_total_cents, currency)),
    element(
      "div",
      { className: "quantity" },
      less,
      number,
      button("+", () => set(item.quantity + 1), { "aria-label": `One more of ${item.name}`, ...key("more") }),
      button("Remove", () => set(0), { "aria-label": `Remove ${item.name}`, ...key("remove") }),
    ),
    message,
  );
}

async function change(item, quantity, message) {
  message.textContent = "";
  try {
    await put(item.product_id, quantity);
    announce(quantity ? `${item.name}: ${quantity} in your cart` : `${item.name} is removed`);
  } catch (problem) {
    const [wrong] = problem.errors?.quantity ?? [];
    message.textContent = wrong ? "The quantity is a whole number from 0 to 99." : reason(problem);
    message.closest(".line").querySelector("input").value = item.quantity;
  }
}

onCart((cart) => {
  if (!byId("cart").hidden) draw(cart);
});
