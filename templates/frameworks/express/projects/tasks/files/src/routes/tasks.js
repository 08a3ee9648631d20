// `/api/tasks`

import { Router } from "express";
import { readId } from "../rules.js";
import { readTask, readTaskChange, readTaskQuery } from "../tasks.js";
import { jsonBody } from "../web/body.js";
import { notOffered } from "../web/problems.js";

export function taskRoutes(tasks) {
  const router = Router({ strict: true, caseSensitive: true });

  router
    .route("/tasks")
    .get((request, response) => {
      response.json(tasks.findAll(readTaskQuery(request.query)));
    })
    .post(jsonBody, (request, response) => {
      const task = tasks.create(readTask(request.body));
      response.status(201).location(`/api/tasks/${task.id}`).json(task);
    })
    .all(notOffered);

  router
    .route("/tasks/:id")
    .get((request, response) => {
      response.json(tasks.find(readId(request.params.id)));
    })
    .patch(jsonBody, (request, response) => {
      response.json(tasks.change(readId(request.params.id), readTaskChange(request.body)));
    })
    .put(jsonBody, (request, response) => {
      response.json(tasks.change(readId(request.params.id), readTask(request.body)));
    })
    .delete((request, response) => {
      tasks.destroy(readId(request.params.id));
      response.status(204).end();
    })
    .all(notOffered);

  return router;
}
