// Checkout: stock, and purchases that are sent again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { email } from "../src/rules/orders.js";
import { BUYER, startShop } from "./shopping.js";

test("an order has what was in the cart, at the prices of the purchase", async (t) => {
  const { client, product, cartWith, setQuantity, buy } = await startShop(t);
  const { stock } = await product(1);
  const cart = await cartWith(2, 1);
  const { currency, items, total_cents } = (await setQuantity(cart, 1, 2)).json;

  const response = await buy(cart);
  assert.equal(response.status, 201, response.text);
  const { id, number, created_at, ...order } = response.json;
  assert.equal(new Date(created_at).toISOString(), created_at);
  assert.match(id, /^[\w-]{22}$/);
  assert.match(number, /^[A-Z0-9-]{6,14}$/);
  assert.deepEqual(order, { ...BUYER, status: "placed", currency, items, total_cents });
  assert.equal(response.headers.get("Location"), `/api/orders/${id}`);

  assert.equal((await product(1)).stock, stock - 2);
  assert.deepEqual((await client.get(cart)).json.items, []);
  client.database.exec("UPDATE products SET price_cents = 1, name = 'Something else'");
  assert.deepEqual((await client.get(`/api/orders/${id}`)).json, response.json);
  for (const unknown of [number, "none"]) {
    assert.equal((await client.get(`/api/orders/${unknown}`)).status, 404);
  }
});

test("a purchase that is sent again is made once", async (t) => {
  const { product, cartWith, buy } = await startShop(t);
  const { stock } = await product(1);
  const cart = await cartWith(1, 1);
  const responses = await Promise.all(Array.from({ length: 10 }, () => buy(cart)));
  for (const response of responses) {
    assert.equal(response.status, 201);
    assert.deepEqual(response.json, responses[0].json);
  }
  assert.equal((await product(1)).stock, stock - 1);

  for (const changes of [{ email: "b@example.com" }, { name: "Bob" }, { address: "Elsewhere" }]) {
    const other = await buy(cart, changes);
    assert.equal(other.status, 422);
    assert.deepEqual(Object.keys(other.json.errors), ["Idempotency-Key"]);
  }
  assert.equal((await buy(cart, { key: "new" })).status, 409, "the cart is empty");
  const another = (await buy(await cartWith(1, 1))).json;
  assert.notEqual(another.id, responses[0].json.id);
  assert.notEqual(another.number, responses[0].json.number);
});

test("of twenty buyers for the last five, five get one", async (t) => {
  const { product, productWithStock, cartWith, buy } = await startShop(t);
  const id = await productWithStock(5);
  const carts = await Promise.all(Array.from({ length: 20 }, () => cartWith(id, 1)));
  const responses = await Promise.all(carts.map((cart) => buy(cart)));
  const refused = responses.filter((response) => response.status === 409);
  assert.equal(refused.length, 15);
  assert.equal(responses.filter((response) => response.status === 201).length, 5);
  assert.deepEqual(refused[0].json.items, [{ product_id: id, requested: 1, available: 0 }]);
  assert.equal((await product(id)).stock, 0);
});

test("a refusal changes nothing, and uses no key up", async (t) => {
  const { client, product, productWithStock, cartWith, setQuantity, buy } = await startShop(t);
  const scarce = await productWithStock(5);
  const late = await cartWith(1, 1);
  await setQuantity(late, scarce, 5);
  const { stock } = await product(1);
  assert.equal((await buy(await cartWith(scarce, 1))).status, 201);

  const refused = await buy(late);
  assert.equal(refused.status, 409);
  assert.deepEqual(refused.json.items, [{ product_id: scarce, requested: 5, available: 4 }]);
  assert.equal((await product(1)).stock, stock);
  assert.equal((await client.get(late)).json.items.length, 2);

  await setQuantity(late, scarce, 4);
  assert.equal((await buy(late, { name: "Grace" })).status, 201);
  assert.equal((await product(scarce)).stock, 0);
});

test("a checkout needs a cart and a key", async (t) => {
  const { cartWith, buy } = await startShop(t);
  const cart = await cartWith(1, 1);
  for (const key of [null, "", "  ", "two words", "clé", "x".repeat(201)]) {
    const response = await buy(cart, { key });
    assert.equal(response.status, 400);
    assert.match(response.type, /^application\/problem\+json/);
  }
  assert.equal((await buy("/api/carts/none")).status, 404);
  assert.equal((await buy(cart, { key: "x".repeat(200) })).status, 201);
});

test("an email has one @ before a dotted name", () => {
  const long = `${"a".repeat(250)}@b.c`;
  for (const good of ["a@b.c", " ada.l+x@mail.example.com ", "ü@ä.ö", long]) {
    assert.equal(email.parse(good), good.trim());
  }
  for (const bad of [
    "a",
    "a@b",
    "@b.c",
    "a@b.",
    "a@.c",
    "a@b..c",
    "a@b@c.d",
    "a b@c.d",
    `a${long}`,
  ]) {
    assert(!email.safeParse(bad).success, bad);
  }
});

test("broken fields are named all at once, and nothing is bought", async (t) => {
  const { client, cartWith, buy } = await startShop(t);
  const cart = await cartWith(1, 1);
  for (const broken of [
    { email: "ada", name: " ", address: "\n" },
    { email: "", name: "x".repeat(121), address: "x".repeat(501) },
    { email: null, name: 1, address: [] },
    { name: "two\nlines" },
  ]) {
    const response = await buy(cart, broken);
    assert.equal(response.status, 422);
    assert.deepEqual(Object.keys(response.json.errors).sort(), Object.keys(broken).sort());
  }
  assert.equal((await client.get(cart)).json.items.length, 1);
});
