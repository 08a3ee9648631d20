// `/api/products` and `/api/categories`

import { Router } from "express";
import { readProductQuery } from "../products.js";
import { readId } from "../rules.js";
import { notOffered } from "../web/problems.js";

export function productRoutes(products) {
  const router = Router({ strict: true, caseSensitive: true });

  router
    .route("/products")
    .get((request, response) => {
      response.json(products.findAll(readProductQuery(request.query)));
    })
    .all(notOffered);

  router
    .route("/products/:id")
    .get((request, response) => {
      response.json(products.find(readId(request.params.id)));
    })
    .all(notOffered);

  router
    .route("/categories")
    .get((request, response) => {
      response.json({ items: products.categories() });
    })
    .all(notOffered);

  return router;
}
