// Every address of the shop, and the function that answers it.

import { Router } from "express";
import { createCarts } from "../carts.js";
import { ROOT } from "../config.js";
import { openShop } from "../opening.js";
import { createOrders } from "../orders.js";
import { createProducts } from "../products.js";
import { cartRoutes } from "./carts.js";
import { orderRoutes } from "./orders.js";
import { productRoutes } from "./products.js";

/** Errors are problems everywhere, for no page is made on the server. */
export function routes(database) {
  openShop(database);
  const products = createProducts(database);
  const carts = createCarts(database, products);
  const orders = createOrders(database, carts);

  const api = Router();
  api.use(productRoutes(products), cartRoutes(carts), orderRoutes(orders));
  const pages = Router();
  pages.get("/", (request, response) => {
    response.sendFile("static/index.html", { root: ROOT });
  });
  return { api, pages };
}
