// `/api/carts`

import { Router } from "express";
import { readQuantity } from "../carts.js";
import { readId } from "../rules.js";
import { jsonBody } from "../web/body.js";
import { notOffered } from "../web/problems.js";

export function cartRoutes(carts) {
  const router = Router({ strict: true, caseSensitive: true });

  router
    .route("/carts")
    .post((request, response) => {
      const cart = carts.create();
      response.status(201).location(`/api/carts/${cart.id}`).json(cart);
    })
    .all(notOffered);

  router
    .route("/carts/:id")
    .get((request, response) => {
      response.json(carts.find(request.params.id));
    })
    .all(notOffered);

  router
    .route("/carts/:id/items/:productId")
    .put(jsonBody, (request, response) => {
      const { id, productId } = request.params;
      response.json(carts.setQuantity(id, readId(productId), readQuantity(request.body)));
    })
    .delete((request, response) => {
      const { id, productId } = request.params;
      response.json(carts.remove(id, readId(productId)));
    })
    .all(notOffered);

  return router;
}
