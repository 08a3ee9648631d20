// Draws one product as a card, with a button that puts it into the cart.

import { announce, button, element } from "./page.js";
import { put, quantityOf, reason } from "./cart.js";
import { money } from "./money.js";

const PICTURES = ["kitchen", "garden", "desk", "play"];
const FEW = 5;

export function card(product) {
  const name = product.category.toLowerCase();
  const picture = PICTURES.includes(name) ? name : "other";
  const image = element("img", { alt: "", width: 160, height: 120, src: `/static/pictures/${picture}.svg` });
  const message = element("p", { className: "error", role: "alert" });
  const add = button("Add to cart", () => addOne(product, add, message), {
    "aria-label": `Add to cart: ${product.name}`,
  });
  add.disabled = product.stock === 0;
  return element(
    "li",
    { className: "product card", "data-product": product.id },
    element("div", { className: `picture tint-${product.id % 5}` }, image),
    element("p", { className: "meta" }, product.category),
    element("h2", {}, product.name),
    element("p", { className: "summary" }, product.description),
    element(
      "p",
      { className: "price" },
      element("strong", {}, money(product.price_cents, product.currency)),
      stock(product),
    ),
    element("div", { className: "add" }, add, element("span", { className: "in-cart" })),
    message,
  );
}

function stock(product) {
  if (product.stock === 0) return element("span", { className: "quiet" }, "Sold out");
  return product.stock <= FEW ? element("span", { className: "few" }, `Only ${product.stock} left`) : null;
}

async function addOne(product, add, message) {
  add.disabled = true;
  message.textContent = "";
  try {
    await put(product.id, quantityOf(product.id) + 1);
    announce(`${product.name}: ${quantityOf(product.id)} in your cart`);
  } catch (problem) {
    message.textContent = reason(problem);
  } finally {
    add.disabled = false;
    // A disabled button loses the keyboard's focus.
    if (document.activeElement === document.body) add.focus();
  }
}

/** Says on each card how many of it are in the cart. */
export function tellQuantities() {
  for (const shown of document.querySelectorAll("[data-product]")) {
    const quantity = quantityOf(Number(shown.dataset.product));
    shown.querySelector(".in-cart").textContent = quantity ? `${quantity} in your cart` : "";
  }
}
