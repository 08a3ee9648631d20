// The products in the database.

import { and, asc, desc, eq, getTableColumns, gt, gte, lte, sql } from "drizzle-orm";
import { notFound } from "../problem.js";
import { products } from "../schema.js";
import { findPage } from "./pages.js";
import { contains } from "./search.js";

/** Of the whole shop. */
export const currency = sql`(SELECT currency FROM shop)`.as("currency");

const COLUMNS = { ...getTableColumns(products), currency };

// What a list may be sorted by, and which way it goes unless the request says so.
const SORTS = {
  price: [products.price_cents, "asc"],
  // SQLite's `lower` changes ASCII letters only.
  name: [sql`lower(${products.name})`, "asc"],
  newest: [products.created_at, "desc"],
};

export function createProductStore(db) {
  function find(id, tx = db) {
    const product = tx.select(COLUMNS).from(products).where(eq(products.id, id)).get();
    if (!product) throw notFound();
    return product;
  }

  function list({ q, category, min_price, max_price, in_stock, sort, order, ...page }) {
    const [sortKey, usualOrder] = SORTS[sort];
    const direction = (order ?? usualOrder) === "asc" ? asc : desc;
    const where = and(
      category === undefined ? undefined : eq(products.category, category),
      min_price === undefined ? undefined : gte(products.price_cents, min_price),
      max_price === undefined ? undefined : lte(products.price_cents, max_price),
      in_stock && gt(products.stock, 0),
      contains(q, products.name, products.description),
    );
    // Ties go by id.
    const orderBy = [direction(sortKey), direction(products.id)];
    return findPage(db, { columns: COLUMNS, from: products, where, orderBy }, page);
  }

  function categories() {
    const { category } = products;
    const query = db.selectDistinct({ category }).from(products);
    const rows = query.orderBy(sql`lower(${category})`, category).all();
    return rows.map((row) => row.category);
  }

  return { find, list, categories };
}
