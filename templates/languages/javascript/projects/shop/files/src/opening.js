// What the shop opens with: the products of `products.json`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./config.js";
import { now } from "./timestamps.js";

/** Fills a new database. One that was filled keeps its products, however they have changed. */
export function openShop(database) {
  const open = database.prepare("INSERT INTO shop (one, currency) VALUES (1, ?)");
  const insert = database.prepare(`
    INSERT INTO products (sku, name, description, category, price_cents, stock, created_at)
    VALUES (@sku, @name, @description, @category, @price_cents, @stock, @created_at)`);

  const fill = database.transaction(() => {
    if (database.prepare("SELECT 1 FROM shop").get()) return;
    const { currency, products } = JSON.parse(readFileSync(join(ROOT, "products.json"), "utf8"));
    open.run(currency);
    const created_at = now();
    for (const product of products) insert.run({ ...product, created_at });
  });
  fill.immediate();
}
