// The rules for tasks that clients send, and for what they ask of the list.

import { z } from "zod";
import { PRIORITIES, STATUSES } from "../schema.js";
import { line, lines, oneOf, paging, text } from "./fields.js";

const fields = {
  title: line(1, 200),
  description: lines(0, 10_000),
  status: oneOf(STATUSES),
  priority: oneOf(PRIORITIES),
  due: z.iso.date("must be a day, as 2030-05-01").nullable(),
};

export const newTask = z.object({
  title: fields.title,
  description: fields.description.default(""),
  status: fields.status.default("todo"),
  priority: fields.priority.default("normal"),
  due: fields.due.default(null),
});

export const taskChanges = z.object(fields).partial();

export const taskQuery = z.object({
  ...paging,
  status: fields.status.optional(),
  priority: fields.priority.optional(),
  q: text.optional(),
  sort: oneOf(["created_at", "due", "priority", "title"]).optional(),
  order: oneOf(["asc", "desc"]).optional(),
});
