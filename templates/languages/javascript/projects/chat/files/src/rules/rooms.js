// The rules for rooms that clients open or join.

import { z } from "zod";
import { line, paging } from "./fields.js";

export const newRoom = z.object({
  name: line(1, 40).refine(
    (value) => /^[a-z0-9-]*$/.test(value),
    "must have no other characters than a-z, 0-9 and -",
  ),
});

export const newMember = z.object({ name: line(1, 40) });

export const roomQuery = z.object(paging);
