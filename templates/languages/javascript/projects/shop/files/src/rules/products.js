// The rules for what clients ask of the catalogue.

import { z } from "zod";
import { digits, oneOf, paging, text } from "./fields.js";

export const productQuery = z.object({
  ...paging,
  q: text.optional(),
  category: text.optional(),
  min_price: digits(0).optional(),
  max_price: digits(0).optional(),
  in_stock: z.literal("true", "must be true").optional(),
  sort: oneOf(["price", "name", "newest"]).default("newest"),
  order: oneOf(["asc", "desc"]).optional(),
});
