// The rules for carts and checkouts that clients send.

import { z } from "zod";
import { line, lines } from "./fields.js";

const quantity = z
  .int("must be a whole number")
  .min(0, "must be 0 or more")
  .max(99, "must be 99 or less");

export const cartItem = z.object({ quantity });

/** Whether the address is somebody's, only a letter to it can tell: this finds slips. */
export const email = line(1, 254).refine(
  (value) => /^[^@\s]+@[^@.\s]+(\.[^@.\s]+)+$/.test(value),
  "must be an address such as ada@example.com",
);

export const buyer = z.object({ email, name: line(1, 120), address: lines(1, 500) });
