// The carts in the database, and the rule for a quantity.

import { randomBytes } from "node:crypto";
import { notFound, Problem } from "./problem.js";
import { readWhole, wholeNumber } from "./rules.js";
import { now } from "./timestamps.js";

const RULES = { quantity: wholeNumber(0, 99) };

export function readQuantity(body) {
  return readWhole(RULES, body).quantity;
}

/** An id that nobody can guess, for who knows it has the cart or the order. */
export function randomId() {
  return randomBytes(16).toString("base64url");
}

/** A cart or an order with its items and what they cost together: whole cents add up exactly. */
export function withItems(owner, items) {
  const total_cents = items.reduce((total, item) => total + item.line_total_cents, 0);
  return { ...owner, items, total_cents };
}

/** `shortages` says of which products there are fewer than wanted. */
export function notEnough(shortages) {
  return new Problem(409, "there are fewer in stock than wanted", { items: shortages });
}

/** What can be done with the carts of a database. */
export function createCarts(database, products) {
  const insert = database.prepare("INSERT INTO carts (id, created_at) VALUES (?, ?)");
  const select = database.prepare("SELECT id, currency FROM carts, shop WHERE id = ?");
  const selectItems = database.prepare(`
    SELECT product_id, name, quantity, price_cents AS unit_price_cents,
      quantity * price_cents AS line_total_cents
    FROM cart_items JOIN products ON products.id = product_id
    WHERE cart_id = ? ORDER BY position`);
  // A new quantity leaves the product at its place.
  const upsertItem = database.prepare(`
    INSERT INTO cart_items (cart_id, product_id, quantity) VALUES (?, ?, ?)
    ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity`);
  const deleteItem = database.prepare(
    "DELETE FROM cart_items WHERE cart_id = ? AND product_id = ?",
  );

  function create() {
    const id = randomId();
    insert.run(id, now());
    return find(id);
  }

  /** With the prices of today. */
  function find(id) {
    const cart = select.get(id);
    if (!cart) throw notFound();
    return withItems(cart, selectItems.all(id));
  }

  // A transaction that reads before it writes is IMMEDIATE: it takes the write lock at once, so that
  // what it has read is still true when it writes.
  const setQuantity = database.transaction((id, productId, quantity) => {
    find(id);
    const { stock } = products.find(productId);
    if (quantity > stock) {
      throw notEnough([{ product_id: productId, requested: quantity, available: stock }]);
    }
    if (quantity > 0) upsertItem.run(id, productId, quantity);
    else deleteItem.run(id, productId);
    return find(id);
  }).immediate;

  function remove(id, productId) {
    if (deleteItem.run(id, productId).changes === 0) throw notFound();
    return find(id);
  }

  return { create, find, setQuantity, remove };
}
