// Fills a new database with the products of `products.json`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./config.js";
import { products, shop } from "./schema.js";
import { now } from "./timestamps.js";

/** A database that was filled keeps its products, however they have changed. */
export function seed(db) {
  const work = (tx) => {
    if (tx.select().from(shop).get()) return;
    const file = JSON.parse(readFileSync(join(ROOT, "products.json"), "utf8"));
    const created_at = now();
    tx.insert(shop).values({ currency: file.currency }).run();
    const rows = file.products.map((product) => ({ ...product, created_at }));
    tx.insert(products).values(rows).run();
  };
  db.transaction(work, { behavior: "immediate" });
}
