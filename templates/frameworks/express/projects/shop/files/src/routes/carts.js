// `/api/carts`

import { Router } from "express";
import { parse } from "../rules/fields.js";
import { parseId } from "../rules/ids.js";
import { cartItem } from "../rules/orders.js";

export function cartRoutes(carts) {
  const router = Router();

  router.post("/", async (request, response) => {
    const cart = await carts.create();
    response.status(201).location(`/api/carts/${cart.id}`).json(cart);
  });

  router.get("/:id", (request, response) => {
    response.json(carts.find(request.params.id));
  });

  router.put("/:id/items/:productId", async (request, response) => {
    const { id, productId } = request.params;
    const { quantity } = parse(cartItem, request.body);
    response.json(await carts.setQuantity(id, parseId(productId), quantity));
  });

  router.delete("/:id/items/:productId", async (request, response) => {
    const { id, productId } = request.params;
    response.json(await carts.remove(id, parseId(productId)));
  });

  return router;
}
