// The orders in the database: what is bought is bought once, and only what there is.

import { and, asc, eq, gt, sql } from "drizzle-orm";
import { write } from "../database.js";
import { invalid, notFound, Problem } from "../problem.js";
import { cartItems, orderItems, orders, products } from "../schema.js";
import { now } from "../timestamps.js";
import { notEnough, randomId, withItems } from "./carts.js";

const COLUMNS = {
  id: orders.id,
  // For people, who read it out on the telephone; it gives no access.
  number: sql`printf('S-%06d', ${orders.sequence})`,
  status: orders.status,
  currency: orders.currency,
  email: orders.email,
  name: orders.name,
  address: orders.address,
  created_at: orders.created_at,
};

const ITEM_COLUMNS = {
  product_id: orderItems.product_id,
  name: orderItems.name,
  quantity: orderItems.quantity,
  unit_price_cents: orderItems.unit_price_cents,
  line_total_cents: sql`${orderItems.quantity} * ${orderItems.unit_price_cents}`,
};

export function createOrderStore(db, carts) {
  function find(id, tx = db) {
    const order = tx.select(COLUMNS).from(orders).where(eq(orders.id, id)).get();
    if (!order) throw notFound();
    const items = tx.select(ITEM_COLUMNS).from(orderItems).where(eq(orderItems.order_id, id));
    return withItems(order, items.orderBy(asc(orderItems.position)).all());
  }

  /**
   * All in one transaction: from the look at the stock to the end nobody else buys, and a second
   * request with the same key finds the order of the first.
   */
  function checkOut(cartId, key, buyer) {
    return write(db, (tx) => {
      const cart = carts.find(cartId, tx);
      const isEarlier = and(eq(orders.cart_id, cartId), eq(orders.idempotency_key, key));
      const earlier = tx.select(COLUMNS).from(orders).where(isEarlier).get();
      if (!earlier) return place(tx, cart, key, buyer);
      if (Object.keys(buyer).some((name) => buyer[name] !== earlier[name])) {
        throw invalid({ "Idempotency-Key": ["was used on this cart with another body"] });
      }
      return find(earlier.id, tx);
    });
  }

  function place(tx, { id: cart_id, currency, items }, idempotency_key, buyer) {
    if (items.length === 0) throw new Problem(409, "the cart is empty");
    const shortages = findShortages(tx, cart_id);
    if (shortages.length > 0) throw notEnough(shortages);

    const id = randomId();
    const created_at = now();
    tx.insert(orders)
      .values({ id, cart_id, idempotency_key, currency, ...buyer, created_at })
      .run();
    for (const item of items) {
      tx.insert(orderItems)
        .values({ ...item, order_id: id })
        .run();
      const stock = sql`${products.stock} - ${item.quantity}`;
      tx.update(products).set({ stock }).where(eq(products.id, item.product_id)).run();
    }
    tx.delete(cartItems).where(eq(cartItems.cart_id, cart_id)).run();
    return find(id, tx);
  }

  return { find, checkOut };
}

/** The items of the cart of which there are fewer in stock. */
function findShortages(tx, cart_id) {
  const { product_id, quantity, position } = cartItems;
  return tx
    .select({ product_id, requested: quantity, available: products.stock })
    .from(cartItems)
    .innerJoin(products, eq(products.id, product_id))
    .where(and(eq(cartItems.cart_id, cart_id), gt(quantity, products.stock)))
    .orderBy(asc(position))
    .all();
}
