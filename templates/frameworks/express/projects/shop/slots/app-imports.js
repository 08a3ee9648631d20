import { cartRoutes } from "./routes/carts.js";
import { healthRoutes } from "./routes/health.js";
import { orderRoutes } from "./routes/orders.js";
import { productRoutes } from "./routes/products.js";
import { createCartStore } from "./stores/carts.js";
import { createOrderStore } from "./stores/orders.js";
import { createProductStore } from "./stores/products.js";
