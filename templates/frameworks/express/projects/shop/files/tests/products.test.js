// The catalogue: filters, search, order, pages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { seed } from "../src/seed.js";
import { startClient } from "./client.js";

const { currency, products: PRODUCTS } = JSON.parse(readFileSync("products.json", "utf8"));

/** A client of a shop, and a function that gives the products of a list. */
async function startShop(t) {
  const client = await startClient(t);
  const find = async (query = "") => {
    const response = await client.get(`/api/products?per_page=100&${query}`);
    assert.equal(response.status, 200, response.text);
    return response.json.items;
  };
  return { client, find };
}

const sorted = (products, key) =>
  products.toSorted((a, b) => (key(a) === key(b) ? a.id - b.id : key(a) < key(b) ? -1 : 1));

test("the shop opens with its products, the last first", async (t) => {
  const { client, find } = await startShop(t);
  const found = await find();
  const { id, created_at } = found[0];
  assert.deepEqual(found[0], { ...PRODUCTS.at(-1), id, currency, created_at });
  assert.deepEqual(
    found.map((product) => product.sku),
    PRODUCTS.map((product) => product.sku).reverse(),
  );
  assert.deepEqual((await client.get(`/api/products/${id}`)).json, found[0]);
  const categories = new Set(PRODUCTS.map((product) => product.category));
  assert.deepEqual((await client.get("/api/categories")).json, { items: [...categories].sort() });
});

test("the shop is filled once", async (t) => {
  const { client, find } = await startShop(t);
  client.database.exec("DELETE FROM products WHERE id > 1");
  seed(client.db);
  assert.equal((await find()).length, 1);
});

test("filters keep what fits all of them", async (t) => {
  const { find } = await startShop(t);
  const { category, price_cents: price } = PRODUCTS[0];
  const count = (test) => PRODUCTS.filter(test).length;
  for (const [query, test] of [
    [`category=${category}`, (product) => product.category === category],
    [`min_price=${price}`, (product) => product.price_cents >= price],
    [`max_price=${price}`, (product) => product.price_cents <= price],
    [`min_price=${price}&max_price=${price}`, (product) => product.price_cents === price],
    ["in_stock=true", (product) => product.stock > 0],
    [`in_stock=true&category=${category}`, (p) => p.stock > 0 && p.category === category],
  ]) {
    const found = await find(query);
    assert(found.every(test) && found.length === count(test), query);
    assert(found.length > 0 && found.length < PRODUCTS.length, query);
  }
  assert.deepEqual(await find("category=Nothing"), []);
  assert.deepEqual(await find(`min_price=${Number.MAX_SAFE_INTEGER}`), []);
});

test("a search takes every character as it is", async (t) => {
  const { find } = await startShop(t);
  const { name } = PRODUCTS[0];
  assert.deepEqual(
    (await find(`q=${name.toUpperCase()}`)).map((product) => product.name),
    [name],
  );
  assert.deepEqual(await find("q=%25_'"), []);
});

test("every order goes both ways, and ties go by id", async (t) => {
  const { find } = await startShop(t);
  const all = await find();
  for (const [sort, key] of [
    ["price", (product) => product.price_cents],
    ["name", (product) => product.name.toLowerCase()],
  ]) {
    const up = sorted(all, key);
    assert.deepEqual(await find(`sort=${sort}`), up);
    assert.deepEqual(await find(`sort=${sort}&order=desc`), up.reverse());
  }
  assert.deepEqual(await find("sort=newest"), all);
  assert.deepEqual(await find("sort=newest&order=asc"), all.toReversed());
  assert.deepEqual(await find("order=asc"), all.toReversed());
});

test("pages share the list out", async (t) => {
  const { client } = await startShop(t);
  const { items, ...page } = (await client.get("/api/products?page=2&per_page=23")).json;
  assert.equal(items.length, PRODUCTS.length - 23);
  assert.deepEqual(page, { page: 2, per_page: 23, total: PRODUCTS.length });
});

test("a query that breaks a rule is a problem", async (t) => {
  const { client } = await startShop(t);
  for (const [query, field] of [
    ["page=0", "page"],
    ["sort=id", "sort"],
    ["order=up", "order"],
    ["in_stock=false", "in_stock"],
    ["min_price=-1", "min_price"],
    ["max_price=1.5", "max_price"],
    [`max_price=${2n ** 53n}`, "max_price"],
  ]) {
    const response = await client.get(`/api/products?${query}`);
    assert.equal(response.status, 422, query);
    assert.deepEqual(Object.keys(response.json.errors), [field]);
  }
});
