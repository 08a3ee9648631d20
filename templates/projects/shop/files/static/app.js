// The storefront: which page is shown. The address behind `#` says it: `#/`, `#/cart`, `#/orders/ID`.

import { byId, failed } from "./page.js";
import { lines, onCart, refresh } from "./cart.js";
import * as catalogue from "./catalogue.js";
import * as cartView from "./cart-view.js";
import * as order from "./order.js";

const TITLES = { catalogue: "My shop", cart: "Your cart – My shop", order: "Your order – My shop" };

function route({ first = false } = {}) {
  const { hash } = location;
  // The skip link's address is no page.
  if (hash && !hash.startsWith("#/")) return;
  const [path, query] = hash.slice(2).split("?");
  const [name, id] = path.split("/");
  if (name === "cart") open("cart", first, cartView.show);
  else if (name === "orders" && id) open("order", first, () => order.show(decodeURIComponent(id)));
  else open("catalogue", first, () => catalogue.show(new URLSearchParams(query)));
}

/** Shows one view. Its heading takes the focus, so that a screen reader begins there. */
function open(view, first, show) {
  for (const section of document.querySelectorAll(".view")) section.hidden = section.id !== view;
  document.title = TITLES[view];
  if (!first) {
    byId(`${view}-heading`).focus();
    scrollTo(0, 0);
  }
  show();
}

onCart(() => {
  byId("cart-count").textContent = lines().reduce((sum, line) => sum + line.quantity, 0);
});

/** Another window may have changed the cart meanwhile. */
const recount = () => refresh().catch((problem) => failed(problem, recount));

addEventListener("hashchange", () => route());
addEventListener("visibilitychange", () => document.hidden || recount());
route({ first: true });
recount();
