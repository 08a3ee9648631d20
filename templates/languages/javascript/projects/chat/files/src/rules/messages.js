// The rules for messages that clients send, and for what they ask of a history.

import { z } from "zod";
import { digits, lines } from "./fields.js";

export const newMessage = z.object({
  type: z.literal("message", 'must be "message"'),
  text: lines(1, 2000),
});

export const historyQuery = z.object({
  before: digits(1).default(Number.MAX_SAFE_INTEGER),
  limit: digits(1, 100).default(50),
});
