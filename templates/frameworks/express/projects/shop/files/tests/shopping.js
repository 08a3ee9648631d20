// What a customer does in the tests of carts and orders.

import assert from "node:assert/strict";
import { startClient } from "./client.js";

export const BUYER = {
  email: "ada@example.com",
  name: "Ada",
  address: "12 St James's Square\nLondon",
};

export async function startShop(t) {
  const client = await startClient(t);

  const product = async (id) => (await client.get(`/api/products/${id}`)).json;

  /** The id of a product of which there are exactly so many. */
  const productWithStock = async (stock) => {
    const { items } = (await client.get("/api/products?per_page=100")).json;
    return items.find((product) => product.stock === stock).id;
  };

  const newCart = async () => (await client.post("/api/carts")).headers.get("Location");

  const setQuantity = (cart, product, quantity) =>
    client.put(`${cart}/items/${product}`, { quantity });

  const cartWith = async (product, quantity) => {
    const cart = await newCart();
    assert.equal((await setQuantity(cart, product, quantity)).status, 200);
    return cart;
  };

  const buy = (cart, { key = "key", ...changes } = {}) => {
    const headers = { "Content-Type": "application/json" };
    if (key !== null) headers["Idempotency-Key"] = key;
    const body = JSON.stringify({ ...BUYER, ...changes });
    return client.fetch(`${cart}/checkout`, { method: "POST", headers, body });
  };

  return { client, product, productWithStock, newCart, setQuantity, cartWith, buy };
}
