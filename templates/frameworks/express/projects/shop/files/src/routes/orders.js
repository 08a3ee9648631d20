// `/api/carts/{id}/checkout` and `/api/orders`

import { Router } from "express";
import { readBuyer } from "../orders.js";
import { Problem } from "../problem.js";
import { jsonBody } from "../web/body.js";
import { notOffered } from "../web/problems.js";

const LONGEST_KEY = 200;

export function orderRoutes(orders) {
  const router = Router({ strict: true, caseSensitive: true });

  router
    .route("/carts/:id/checkout")
    .post(jsonBody, (request, response) => {
      const key = idempotencyKey(request);
      const order = orders.checkOut(request.params.id, key, readBuyer(request.body));
      response.status(201).location(`/api/orders/${order.id}`).json(order);
    })
    .all(notOffered);

  router
    .route("/orders/:id")
    .get((request, response) => {
      response.json(orders.find(request.params.id));
    })
    .all(notOffered);

  return router;
}

/** Names a purchase: when the answer got lost, it can be sent again and is made once. */
function idempotencyKey(request) {
  const key = request.get("Idempotency-Key") ?? "";
  if (key.length < 1 || key.length > LONGEST_KEY) {
    throw new Problem(400, `Idempotency-Key must have 1 to ${LONGEST_KEY} characters`);
  }
  return key;
}
