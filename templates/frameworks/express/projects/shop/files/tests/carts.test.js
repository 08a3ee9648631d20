// Carts: quantities, prices, stock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startShop } from "./shopping.js";

test("a new cart is empty, and has an id that nobody guesses", async (t) => {
  const { client } = await startShop(t);
  const response = await client.post("/api/carts");
  assert.equal(response.status, 201);
  const { id } = response.json;
  assert.match(id, /^[\w-]{22}$/);
  assert.deepEqual(response.json, { id, currency: "EUR", items: [], total_cents: 0 });
  assert.equal(response.headers.get("Location"), `/api/carts/${id}`);
  assert.deepEqual((await client.get(`/api/carts/${id}`)).json, response.json);
});

test("items stay in the order of adding, with today's prices", async (t) => {
  const { client, product, newCart, setQuantity } = await startShop(t);
  const cart = await newCart();
  await setQuantity(cart, 2, 1);
  await setQuantity(cart, 1, 2);
  client.database.exec("UPDATE products SET price_cents = price_cents + 1");
  const response = await setQuantity(cart, 2, 3);
  const expected = [];
  for (const [id, quantity] of [
    [2, 3],
    [1, 2],
  ]) {
    const { name, price_cents: price } = await product(id);
    const cents = { unit_price_cents: price, line_total_cents: quantity * price };
    expected.push({ product_id: id, name, quantity, ...cents });
  }
  assert.deepEqual(response.json.items, expected);
  const [first, second] = expected;
  assert.equal(response.json.total_cents, first.line_total_cents + second.line_total_cents);
  assert.deepEqual((await client.get(cart)).json, response.json);
});

test("an item is taken out by 0, or by deleting it", async (t) => {
  const { client, newCart, setQuantity } = await startShop(t);
  const cart = await newCart();
  for (const product of [1, 2]) await setQuantity(cart, product, 1);
  for (let time = 0; time < 2; time += 1) {
    const response = await setQuantity(cart, 1, 0);
    assert.deepEqual([response.status, response.json.items.length], [200, 1]);
  }
  const response = await client.delete(`${cart}/items/2`);
  assert.deepEqual([response.status, response.json.items, response.json.total_cents], [200, [], 0]);
  assert.equal((await client.delete(`${cart}/items/2`)).status, 404);
});

test("no more than is in stock goes into a cart", async (t) => {
  const { client, productWithStock, cartWith, setQuantity } = await startShop(t);
  const id = await productWithStock(5);
  const cart = await cartWith(id, 5);
  const response = await setQuantity(cart, id, 6);
  assert.equal(response.status, 409);
  assert.match(response.type, /^application\/problem\+json/);
  assert.deepEqual(response.json.items, [{ product_id: id, requested: 6, available: 5 }]);
  assert.equal((await client.get(cart)).json.items[0].quantity, 5);
});

test("a quantity is a whole number to 99", async (t) => {
  const { client, cartWith, setQuantity } = await startShop(t);
  const cart = await cartWith(1, 1);
  for (const quantity of [-1, 100, 1.5, 2 ** 53, 1e300, "1", null, true, [], undefined]) {
    const response = await setQuantity(cart, 1, quantity);
    assert.equal(response.status, 422, String(quantity));
    assert.deepEqual(Object.keys(response.json.errors), ["quantity"]);
  }
  assert.equal((await client.get(cart)).json.items[0].quantity, 1);
});

test("what is not there is not found", async (t) => {
  const { client, newCart, setQuantity } = await startShop(t);
  const cart = await newCart();
  for (const product of [1000, 0, "x", 2n ** 70n]) {
    assert.equal((await setQuantity(cart, product, 1)).status, 404);
    assert.equal((await setQuantity(cart, product, 0)).status, 404);
    assert.equal((await client.delete(`${cart}/items/${product}`)).status, 404);
  }
  assert.equal((await setQuantity("/api/carts/none", 1, 1)).status, 404);
  assert.equal((await client.get("/api/carts/none")).status, 404);
});
