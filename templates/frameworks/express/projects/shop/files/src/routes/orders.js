// `/api/carts/{id}/checkout` and `/api/orders`

import { Router } from "express";
import { Problem } from "../problem.js";
import { parse } from "../rules/fields.js";
import { buyer } from "../rules/orders.js";

const VISIBLE_ASCII = /^[!-~]{1,200}$/;

export function orderRoutes(orders) {
  const router = Router();

  router.post("/carts/:id/checkout", async (request, response) => {
    const key = idempotencyKey(request);
    const order = await orders.checkOut(request.params.id, key, parse(buyer, request.body));
    response.status(201).location(`/api/orders/${order.id}`).json(order);
  });

  router.get("/orders/:id", (request, response) => {
    response.json(orders.find(request.params.id));
  });

  return router;
}

/** Names a purchase: when the response got lost, the request can be sent again and buys once. */
function idempotencyKey(request) {
  const key = request.get("Idempotency-Key") ?? "";
  if (!VISIBLE_ASCII.test(key)) {
    throw new Problem(400, "Idempotency-Key must have 1 to 200 visible ASCII characters");
  }
  return key;
}
