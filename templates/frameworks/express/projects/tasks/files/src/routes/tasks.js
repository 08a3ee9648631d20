// `/api/tasks`

import { Router } from "express";
import { parse } from "../rules/fields.js";
import { parseId } from "../rules/ids.js";
import { newTask, taskChanges, taskQuery } from "../rules/tasks.js";

export function taskRoutes(tasks) {
  const router = Router();

  router.get("/", (request, response) => {
    response.json(tasks.list(parse(taskQuery, request.query)));
  });

  router.post("/", async (request, response) => {
    const task = await tasks.create(parse(newTask, request.body));
    response.status(201).location(`/api/tasks/${task.id}`).json(task);
  });

  router.get("/:id", (request, response) => {
    response.json(tasks.find(parseId(request.params.id)));
  });

  router.patch("/:id", async (request, response) => {
    const changes = parse(taskChanges, request.body);
    response.json(await tasks.update(parseId(request.params.id), changes));
  });

  // What is left out goes back to its default.
  router.put("/:id", async (request, response) => {
    const task = parse(newTask, request.body);
    response.json(await tasks.update(parseId(request.params.id), task));
  });

  router.delete("/:id", async (request, response) => {
    await tasks.remove(parseId(request.params.id));
    response.status(204).end();
  });

  return router;
}
