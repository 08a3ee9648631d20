// The tables. After a change here, `npx drizzle-kit generate` writes the migration.

import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";

// One row, which says that the products of products.json are in the database.
export const shop = sqliteTable("shop", { currency: text().notNull() });

export const products = sqliteTable(
  "products",
  {
    // AUTOINCREMENT: the id of a deleted product is not given again.
    id: integer().primaryKey({ autoIncrement: true }),
    sku: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull(),
    category: text().notNull(),
    price_cents: integer().notNull(),
    stock: integer().notNull(),
    created_at: text().notNull(),
  },
  (table) => [
    index("products_by_category").on(table.category),
    check("products_price", sql`${table.price_cents} >= 0`),
    // The last guard against selling what is not there.
    check("products_stock", sql`${table.stock} >= 0`),
  ],
);

export const carts = sqliteTable("carts", {
  // Random: who knows the id has the cart.
  id: text().primaryKey(),
  created_at: text().notNull(),
});

// Without a price: a cart shows those of today.
export const cartItems = sqliteTable(
  "cart_items",
  {
    position: integer().primaryKey({ autoIncrement: true }),
    cart_id: text()
      .notNull()
      .references(() => carts.id, { onDelete: "cascade" }),
    product_id: integer()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    quantity: integer().notNull(),
  },
  (table) => [
    unique("cart_items_product").on(table.cart_id, table.product_id),
    check("cart_items_quantity", sql`${table.quantity} BETWEEN 1 AND 99`),
  ],
);

export const orders = sqliteTable(
  "orders",
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    cart_id: text()
      .notNull()
      .references(() => carts.id),
    idempotency_key: text().notNull(),
    status: text({ enum: ["placed"] })
      .notNull()
      .default("placed"),
    currency: text().notNull(),
    email: text().notNull(),
    name: text().notNull(),
    address: text().notNull(),
    created_at: text().notNull(),
  },
  (table) => [unique("orders_idempotency_key").on(table.cart_id, table.idempotency_key)],
);

// Name and price as they were at the purchase; the product may change or go.
export const orderItems = sqliteTable(
  "order_items",
  {
    position: integer().primaryKey({ autoIncrement: true }),
    order_id: text()
      .notNull()
      .references(() => orders.id, { onDelete: "cascade" }),
    product_id: integer().notNull(),
    name: text().notNull(),
    quantity: integer().notNull(),
    unit_price_cents: integer().notNull(),
  },
  (table) => [index("order_items_by_order").on(table.order_id)],
);
