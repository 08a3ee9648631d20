// The rules for comments that people send.

import { z } from "zod";
import { line, lines, paging } from "./fields.js";

export const newComment = z.object({ author: line(1, 80), body: lines(1, 2000) });

export const commentQuery = z.object(paging);
