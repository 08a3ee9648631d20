// The visitor's cart. The server keeps it; this browser keeps only its id.

import { get, send } from "./api.js";
import { recall, remember } from "./page.js";

const KEY = "shop.cart";

let cart = null;
const listeners = [];

/** Calls the listener with the cart whenever it has changed. */
export const onCart = (listener) => listeners.push(listener);

export const lines = () => cart?.items ?? [];

export const quantityOf = (productId) => lines().find((line) => line.product_id === productId)?.quantity ?? 0;

/** Reads the cart again. One that the server does not know any more is forgotten. */
export async function refresh() {
  const id = recall(KEY);
  if (!id) return keep(null);
  try {
    return keep(await get(`/api/carts/${id}`));
  } catch (problem) {
    if (problem.status !== 404) throw problem;
    return keep(null);
  }
}

/** Sets how many of a product are in the cart; 0 takes it out. */
export async function put(productId, quantity) {
  if (!cart && !(await refresh())) keep(await send("POST", "/api/carts"));
  const set = () => send("PUT", `/api/carts/${cart.id}/items/${productId}`, { quantity });
  try {
    return keep(await set());
  } catch (problem) {
    // The product may be unknown, or the cart: with a new cart it is tried once more.
    if (problem.status !== 404 || (await refresh())) throw problem;
    keep(await send("POST", "/api/carts"));
    return keep(await set());
  }
}

/** What to say when there are fewer in stock than wanted; else what the server said. */
export function reason(problem) {
  const [short] = problem.body?.items ?? [];
  if (problem.status !== 409 || !short) return problem.message;
  if (short.available === 0) return "Sorry, this is sold out now.";
  return short.available === 1
    ? "Sorry, there is only one left."
    : `Sorry, there are only ${short.available} left.`;
}

function keep(changed) {
  cart = changed;
  remember(KEY, cart?.id ?? null);
  for (const listener of listeners) listener(cart);
  return cart;
}
