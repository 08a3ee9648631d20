// The products in the database, and the rules for a list of them.

import { contains, findPage, FIRST_PAGE, PAGING } from "./paging.js";
import { notFound } from "./problem.js";
import { digits, oneOf, readSent, text } from "./rules.js";

// What a list may be sorted by, as SQL, and which way it then goes unless told otherwise.
const SORTS = {
  price: ["price_cents", "asc"],
  // SQLite's `lower` knows ASCII letters only.
  name: ["lower(name)", "asc"],
  newest: ["created_at", "desc"],
};

// All prices are in the currency of the shop.
const COLUMNS = "products.*, shop.currency";

const QUERY = {
  ...PAGING,
  q: text,
  category: text,
  min_price: digits(0),
  max_price: digits(0),
  in_stock: oneOf("true"),
  sort: oneOf(...Object.keys(SORTS)),
  order: oneOf("asc", "desc"),
};

const UNFILTERED = { q: null, category: null, min_price: null, max_price: null, in_stock: null };

export function readProductQuery(query) {
  return { ...FIRST_PAGE, ...UNFILTERED, ...readSent(QUERY, query) };
}

/** What can be done with the products of a database. */
export function createProducts(database) {
  const select = database.prepare(`SELECT ${COLUMNS} FROM products, shop WHERE id = ?`);
  const selectCategories = database
    .prepare("SELECT DISTINCT category FROM products ORDER BY lower(category), category")
    .pluck();

  function find(id) {
    const product = select.get(id);
    if (!product) throw notFound();
    return product;
  }

  function findAll({ sort, order, ...values }) {
    const [column, usual] = SORTS[sort ?? "newest"];
    const direction = (order ?? usual) === "asc" ? "ASC" : "DESC";
    const list = {
      columns: COLUMNS,
      from: `products, shop
        WHERE (@category IS NULL OR category = @category)
          AND (@min_price IS NULL OR price_cents >= @min_price)
          AND (@max_price IS NULL OR price_cents <= @max_price)
          AND (@in_stock IS NULL OR stock > 0)
          AND ${contains("name", "description")}`,
      // Equals go by id.
      order: `${column} ${direction}, id ${direction}`,
    };
    return findPage(database, list, values);
  }

  function categories() {
    return selectCategories.all();
  }

  return { find, findAll, categories };
}
