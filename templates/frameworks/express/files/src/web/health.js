// Tells whoever watches the server whether it can work.

import { log } from "../log.js";
import { Problem } from "../problem.js";

export function health(database) {
  return (request, response) => {
    try {
      database.prepare("SELECT 1").get();
    } catch (error) {
      log.error(error);
      throw new Problem(503, "the database does not answer");
    }
    response.json({ status: "ok" });
  };
}
