// One line in the log for each request.

import { log } from "../log.js";

export function logRequest(request, response, next) {
  const start = performance.now();
  const { method, originalUrl } = request;
  response.on("close", () => {
    const milliseconds = (performance.now() - start).toFixed(1);
    log.info(`${method} ${originalUrl} ${response.statusCode} ${milliseconds} ms`);
  });
  next();
}
