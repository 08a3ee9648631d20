// Bodies: neither too large nor garbled.

import { isUtf8 } from "node:buffer";
import { Problem } from "../problem.js";

export const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Ends what Express's parser for `type` would read to its end: a body that is too large, by its
 * length or by what has come of it. Without this it would cost memory and time.
 *
 * Use it directly before the parser. To listen for "data" starts the stream: a body that is read
 * later, such as an upload after an asynchronous middleware, would lose its beginning.
 */
export function limitBody(type) {
  return (request, response, next) => {
    if (!request.is(type)) return next();
    if (Number(request.get("Content-Length")) > MAX_BODY_BYTES) {
      throw new Problem(413, "the body is too large");
    }
    let received = 0;
    request.on("data", (chunk) => {
      received += chunk.length;
      if (received > 2 * MAX_BODY_BYTES) request.destroy();
    });
    next();
  };
}

/** Express would take an empty body for an empty object, and replace broken letters in silence. */
export function checkJson(request, response, bytes) {
  if (bytes.length === 0) throw new Problem(400, "the body is empty");
  if (!isUtf8(bytes)) throw new Problem(400, "the body is not UTF-8");
}
