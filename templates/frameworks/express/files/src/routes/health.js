// `/healthz`: whether the server can work, for whoever watches it.

import { sql } from "drizzle-orm";
import { Router } from "express";
import { Problem } from "../problem.js";

export function healthRoutes(db) {
  const router = Router();

  router.get("/healthz", (request, response) => {
    try {
      // Reads a row of the file, which `SELECT 1` does not.
      db.get(sql`SELECT hash FROM __drizzle_migrations LIMIT 1`);
    } catch (error) {
      request.log.error(error);
      throw new Problem(503, "the database does not answer");
    }
    response.json({ status: "ok" });
  });

  return router;
}
