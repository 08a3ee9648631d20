// The orders in the database: what is bought is bought once, and only what there is.

import { notEnough, randomId, withItems } from "./carts.js";
import { invalid, notFound, Problem } from "./problem.js";
import { Broken, line, lines, readWhole } from "./rules.js";
import { now } from "./timestamps.js";

const RULES = { email, name: line(1, 120), address: lines(1, 500) };

export function readBuyer(body) {
  return readWhole(RULES, body);
}

/** Whether the address is somebody's, only a letter to it can tell: this finds slips. */
export function email(value) {
  const address = line(1, 254)(value);
  if (!/^[^@\s]+@[^@.\s]+(\.[^@.\s]+)+$/.test(address)) {
    throw new Broken("must be an address such as ada@example.com");
  }
  return address;
}

/** What can be done with the orders of a database. */
export function createOrders(database, carts) {
  const columns = "id, number, status, currency, email, name, address, created_at";
  const select = database.prepare(`SELECT ${columns} FROM orders WHERE id = ?`);
  const selectByKey = database.prepare(
    `SELECT ${columns} FROM orders WHERE cart_id = ? AND idempotency_key = ?`,
  );
  const selectItems = database.prepare(`
    SELECT product_id, name, quantity, unit_price_cents,
      quantity * unit_price_cents AS line_total_cents
    FROM order_items WHERE order_id = ? ORDER BY position`);
  const selectShortages = database.prepare(`
    SELECT product_id, quantity AS requested, stock AS available
    FROM cart_items JOIN products ON products.id = product_id
    WHERE cart_id = ? AND quantity > stock ORDER BY position`);
  const insert = database.prepare(`
    INSERT INTO orders
      (id, cart_id, idempotency_key, currency, email, name, address, created_at)
    VALUES (@id, @cart_id, @key, @currency, @email, @name, @address, @created_at)`);
  const insertItem = database.prepare(`
    INSERT INTO order_items (order_id, product_id, name, quantity, unit_price_cents)
    VALUES (@order_id, @product_id, @name, @quantity, @unit_price_cents)`);
  const takeFromStock = database.prepare("UPDATE products SET stock = stock - ? WHERE id = ?");
  const emptyCart = database.prepare("DELETE FROM cart_items WHERE cart_id = ?");

  function find(id) {
    const order = select.get(id);
    if (!order) throw notFound();
    return withItems(order, selectItems.all(id));
  }

  // All in one transaction: from the look at the stock to the end nobody else buys, and a second
  // request with the same key finds the order of the first.
  const checkOut = database.transaction((cartId, key, buyer) => {
    const cart = carts.find(cartId);
    const earlier = selectByKey.get(cartId, key);
    if (!earlier) return place(cart, key, buyer);
    if (Object.keys(buyer).some((name) => buyer[name] !== earlier[name])) {
      throw invalid({ "Idempotency-Key": ["was used on this cart with another body"] });
    }
    return find(earlier.id);
  }).immediate;

  function place(cart, key, buyer) {
    if (cart.items.length === 0) throw new Problem(409, "the cart is empty");
    const shortages = selectShortages.all(cart.id);
    if (shortages.length > 0) throw notEnough(shortages);

    const { id: cart_id, currency } = cart;
    const id = randomId();
    insert.run({ id, cart_id, key, currency, ...buyer, created_at: now() });
    for (const item of cart.items) {
      insertItem.run({ order_id: id, ...item });
      takeFromStock.run(item.quantity, item.product_id);
    }
    emptyCart.run(cart_id);
    return find(id);
  }

  return { find, checkOut };
}
