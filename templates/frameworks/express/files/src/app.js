// Puts the application together: the project's routes, and what every server needs around them.

import { join } from "node:path";
import express from "express";
import { ROOT } from "./config.js";
import { limitBody } from "./web/body.js";
import { headers } from "./web/headers.js";
import { health } from "./web/health.js";
import { logRequest } from "./web/log.js";
import { answerProblem, nothingHere } from "./web/problems.js";

/**
 * A project has the routers `api` and `pages`, and perhaps an `errorPage` for people, and settings of
 * Express, such as where its views are.
 */
export function createApp({ api, pages, errorPage, settings = {} }, database) {
  const app = express();
  app.disable("x-powered-by");
  // `/api/tasks/` is another address than `/api/tasks`, and not there.
  app.enable("strict routing");
  app.enable("case sensitive routing");
  for (const [name, value] of Object.entries(settings)) app.set(name, value);

  app.use(logRequest);
  app.use(headers);
  app.use(limitBody);

  app.get("/healthz", health(database));
  app.get("/openapi.json", (request, response) => {
    response.sendFile("openapi.json", { root: ROOT });
  });
  app.use("/static", express.static(join(ROOT, "static"), { index: false, redirect: false }));
  app.use("/api", api);
  app.use(pages);

  app.use(nothingHere);
  app.use(answerProblem(errorPage));
  return app;
}
