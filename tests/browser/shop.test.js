// The storefront, as a visitor uses it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { HOSTILE, LOOKS, api, assertGoodPage, visitor } from "./support/visitor.js";

const products = await api("GET", "/api/products?per_page=100&sort=name");
const available = products.items.filter((one) => one.stock > 0).length;
const inStock = (least) => {
  // Another one each time, so that no test buys what another counts on.
  const index = products.items.findIndex((one) => one.stock >= least);
  return products.items.splice(index, 1)[0];
};
const product = (page, name) =>
  page.locator(".product", { has: page.getByRole("heading", { name, exact: true }) });
const stockOf = async (id) => (await api("GET", `/api/products/${id}`)).stock;
const ADA = { email: "ada@example.com", name: "Ada Lovelace", address: "12 St James's Square\nLondon" };

async function choose(page, name) {
  await page.goto(`/#/?q=${encodeURIComponent(name)}`);
  await product(page, name).getByRole("button").click();
  await product(page, name).getByText("1 in your cart").waitFor();
  await page.getByRole("link", { name: "Cart" }).click();
  await page.getByLabel(`Quantity of ${name}`).waitFor();
}

async function fill(page, { email, name, address } = ADA) {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Address").fill(address);
}

const buy = (page) => page.getByRole("button", { name: /^Buy/ }).click();

/** Buys past the page, as somebody else who is faster. */
async function buyElsewhere(id, quantity) {
  const cart = await api("POST", "/api/carts");
  await api("PUT", `/api/carts/${cart.id}/items/${id}`, { quantity });
  await api("POST", `/api/carts/${cart.id}/checkout`, ADA, { "Idempotency-Key": randomUUID() });
}

test("the catalogue is searched, filtered, sorted and leafed through", async (t) => {
  const page = await visitor(t);
  const found = page.locator("#found");
  await page.goto("/");
  await found.getByText("24 products").waitFor();
  assert.equal(await page.locator(".product").count(), 12);
  await page.getByRole("link", { name: "More →" }).click();
  await page.getByText("Page 2 of 2").waitFor();
  await page.goBack();
  await page.getByText("Page 1 of 2").waitFor();

  await page.getByLabel("In stock").check();
  await found.getByText(`${available} products`).waitFor();
  await page.getByLabel("Category").selectOption("Garden");
  await page.getByLabel("Order", { exact: true }).selectOption("price-desc");
  await page.getByLabel("Price to").fill("50");
  await page.waitForFunction(() => document.querySelectorAll(".product").length === 4);
  const prices = await page.locator(".price strong").allTextContents();
  const amounts = prices.map((price) => Number(price.replace(/[^\d.]/g, "")));
  assert.deepEqual(
    amounts,
    [...amounts].sort((one, other) => other - one),
  );
  await page.getByLabel("Search").fill("no such thing");
  await found.getByText("Nothing fits").waitFor();
  await page.reload();
  assert.equal(await page.getByLabel("Search").inputValue(), "no such thing");
  assert.equal(await page.getByLabel("Category").inputValue(), "Garden");
});

test("something is bought, and the receipt can be opened again", async (t) => {
  const page = await visitor(t, { refused: [/^422 POST .*checkout$/] });
  const { id, name, stock } = inStock(20);
  await choose(page, name);
  await page.getByRole("button", { name: `One more of ${name}` }).click();
  await page.waitForFunction(
    (label) => document.querySelector(`[aria-label="${label}"]`).value === "2",
    `Quantity of ${name}`,
  );
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), `One more of ${name}`);
  await page.reload();
  assert.equal(await page.getByLabel(`Quantity of ${name}`).inputValue(), "2");

  await fill(page, { email: "ada@nowhere", name: "", address: ADA.address });
  await buy(page);
  await page.locator('#email[aria-invalid="true"]').waitFor();
  assert.notEqual(await page.locator("#name-error").textContent(), "");
  assert.equal(await page.locator("#address-error").count(), 0);

  await fill(page);
  await buy(page);
  await page.getByRole("heading", { name: "Your order" }).waitFor();
  await page.getByText(`2 × ${name}`).waitFor();
  assert.equal(await stockOf(id), stock - 2);
  await page.reload();
  await page.getByText(`2 × ${name}`).waitFor();
  await page.getByText("London").waitFor();
  await page.getByRole("link", { name: "Cart" }).click();
  await page.getByText("There is nothing in it yet.").waitFor();
});

test("more than there are is told, and the cart stays as it was", async (t) => {
  const page = await visitor(t, { refused: [/^409 PUT /, /^422 PUT /] });
  const { name, stock } = inStock(5);
  await choose(page, name);
  const quantity = page.getByLabel(`Quantity of ${name}`);
  await quantity.fill(String(Math.min(99, stock + 1)));
  await quantity.press("Enter");
  await page.getByText(`only ${stock} left`).waitFor();
  assert.equal(await quantity.inputValue(), "1");
  await quantity.fill("100");
  await quantity.press("Enter");
  await page.getByText("a whole number from 0 to 99").waitFor();
  assert.equal(await quantity.inputValue(), "1");
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await page.getByText("There is nothing in it yet.").waitFor();
});

test("when somebody else was faster, nothing is bought", async (t) => {
  const page = await visitor(t, { refused: [/^409 POST .*checkout$/] });
  const { id, name, stock } = inStock(5);
  await choose(page, name);
  await buyElsewhere(id, stock);
  await fill(page);
  await buy(page);
  await page.getByText(`${name} (0 left)`).waitFor();
  assert.equal(await page.getByLabel("Email").inputValue(), ADA.email);
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await page.getByText("There is nothing in it yet.").waitFor();
});

test("a purchase whose answer got lost is sent again, and made once", async (t) => {
  const page = await visitor(t, { refused: [/^lost POST .*checkout$/] });
  const { id, name, stock } = inStock(20);
  await choose(page, name);
  await fill(page);
  await page.route("**/checkout", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await buy(page);
  await page.getByText("nobody here knows whether").waitFor();
  await page.unroute("**/checkout");
  await page.reload();
  await page.getByRole("button", { name: "Send it again" }).click();
  await page.getByText(`1 × ${name}`).waitFor();
  assert.equal(await stockOf(id), stock - 1);
});

test("a cart that the server has forgotten is replaced by a new one", async (t) => {
  const page = await visitor(t, { refused: [/^404 GET .*carts/] });
  await page.addInitScript(
    () => localStorage.getItem("shop.cart") ?? localStorage.setItem("shop.cart", '"long-gone"'),
  );
  const { name } = inStock(5);
  await choose(page, name);
  await page.reload();
  assert.equal(await page.getByLabel(`Quantity of ${name}`).inputValue(), "1");
});

test("without an answer the page says so, and tries again", async (t) => {
  const page = await visitor(t, { refused: [/^lost /] });
  await page.route("**/api/**", (route) => route.abort());
  await page.goto("/");
  await page.getByText("The server cannot be reached").waitFor();
  await page.unroute("**/api/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("24 products").waitFor();
  assert.equal(await page.getByLabel("Category").locator("option").count(), 5);
});

test("hostile texts are shown as texts, in every look", async (t) => {
  const { name } = inStock(LOOKS.length);
  for (const look of LOOKS) {
    const page = await visitor(t, { ...look, refused: [/^404 GET .*orders/] });
    const at = `at ${look.viewport.width}`;
    await page.goto("/");
    await page.locator(".product").first().waitFor();
    await assertGoodPage(page, `the catalogue ${at}`);
    await choose(page, name);
    await assertGoodPage(page, `the cart ${at}`);
    await fill(page, { ...ADA, name: HOSTILE[0], address: HOSTILE.join("\n") });
    await buy(page);
    for (const text of HOSTILE) await page.locator("#receipt").getByText(text).last().waitFor();
    await assertGoodPage(page, `the receipt ${at}`);
    await page.goto("/#/orders/%3Cb%3Eno");
    await page.getByText("There is no such order").waitFor();
  }
});
