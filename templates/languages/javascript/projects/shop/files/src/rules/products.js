// The rules for what clients ask of the catalogue.

import { z } from "zod";
import { digits, paging, text } from "./fields.js";

export const productQuery = z.object({
  ...paging,
  q: text.optional(),
  category: text.optional(),
  min_price: digits(0).optional(),
  max_price: digits(0).optional(),
  in_stock: z.literal("true", "must be true").optional(),
  sort: z.enum(["price", "name", "newest"]).default("newest"),
  order: z.enum(["asc", "desc"]).optional(),
});
