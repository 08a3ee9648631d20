// The carts in the database.

import { randomBytes } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { write } from "../database.js";
import { notFound, Problem } from "../problem.js";
import { cartItems, carts, products } from "../schema.js";
import { now } from "../timestamps.js";
import { currency } from "./products.js";

const ITEM_COLUMNS = {
  product_id: cartItems.product_id,
  name: products.name,
  quantity: cartItems.quantity,
  unit_price_cents: products.price_cents,
  line_total_cents: sql`${cartItems.quantity} * ${products.price_cents}`,
};

/** An id that nobody can guess, for who knows it has the cart or the order. */
export function randomId() {
  return randomBytes(16).toString("base64url");
}

/** A cart or an order with its items and what they cost together: whole cents add up exactly. */
export function withItems(owner, items) {
  const total_cents = items.reduce((total, item) => total + item.line_total_cents, 0);
  return { ...owner, items, total_cents };
}

/** `items` says of which products there are fewer than requested. */
export function notEnough(items) {
  return new Problem(409, "there are fewer in stock than requested", { items });
}

/** Prices and stock come from the store of the products. */
export function createCartStore(db, productStore) {
  /** With the prices of today. */
  function find(id, tx = db) {
    const cart = tx.select({ id: carts.id, currency }).from(carts).where(eq(carts.id, id)).get();
    if (!cart) throw notFound();
    const items = tx
      .select(ITEM_COLUMNS)
      .from(cartItems)
      .innerJoin(products, eq(products.id, cartItems.product_id))
      .where(eq(cartItems.cart_id, id))
      .orderBy(asc(cartItems.position));
    return withItems(cart, items.all());
  }

  function create() {
    return write(db, (tx) => {
      const id = randomId();
      tx.insert(carts).values({ id, created_at: now() }).run();
      return find(id, tx);
    });
  }

  /** A new quantity leaves the item at its place; 0 takes it out. */
  function setQuantity(cart_id, product_id, quantity) {
    return write(db, (tx) => {
      find(cart_id, tx);
      const { stock } = productStore.find(product_id, tx);
      if (quantity > stock) {
        throw notEnough([{ product_id, requested: quantity, available: stock }]);
      }
      if (quantity > 0) {
        const target = [cartItems.cart_id, cartItems.product_id];
        const insert = tx.insert(cartItems).values({ cart_id, product_id, quantity });
        insert.onConflictDoUpdate({ target, set: { quantity } }).run();
      } else {
        removeItem(tx, cart_id, product_id);
      }
      return find(cart_id, tx);
    });
  }

  function remove(cart_id, product_id) {
    return write(db, (tx) => {
      if (removeItem(tx, cart_id, product_id).changes === 0) throw notFound();
      return find(cart_id, tx);
    });
  }

  return { find, create, setQuantity, remove };
}

function removeItem(tx, cart_id, product_id) {
  const isItem = and(eq(cartItems.cart_id, cart_id), eq(cartItems.product_id, product_id));
  return tx.delete(cartItems).where(isItem).run();
}
