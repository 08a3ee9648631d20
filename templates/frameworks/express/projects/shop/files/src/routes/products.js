// `/api/products` and `/api/categories`

import { Router } from "express";
import { parse } from "../rules/fields.js";
import { parseId } from "../rules/ids.js";
import { productQuery } from "../rules/products.js";

export function productRoutes(products) {
  const router = Router();

  router.get("/products", (request, response) => {
    response.json(products.list(parse(productQuery, request.query)));
  });

  router.get("/products/:id", (request, response) => {
    response.json(products.find(parseId(request.params.id)));
  });

  router.get("/categories", (request, response) => {
    response.json({ items: products.categories() });
  });

  return router;
}
