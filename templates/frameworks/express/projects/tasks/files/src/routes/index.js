// Every address of the task list, and the function that answers it.

import { Router } from "express";
import { ROOT } from "../config.js";
import { createTasks } from "../tasks.js";
import { taskRoutes } from "./tasks.js";

/** Errors are problems everywhere, for no page is made on the server. */
export function routes(database) {
  const pages = Router();
  pages.get("/", (request, response) => {
    response.sendFile("static/index.html", { root: ROOT });
  });
  return { api: taskRoutes(createTasks(database)), pages };
}
