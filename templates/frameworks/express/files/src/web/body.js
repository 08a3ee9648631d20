// Bodies: JSON that is really JSON, and nothing that is too large.

import { isUtf8 } from "node:buffer";
import express from "express";
import { Problem } from "../problem.js";

export const MOST_BODY_BYTES = 1024 * 1024;

/** Who says that too much will come is answered at once; without a length the parsers count. */
export function limitBody(request, response, next) {
  if (Number(request.get("Content-Length")) > MOST_BODY_BYTES) {
    throw new Problem(413, "the body is too large");
  }
  next();
}

/**
 * A parser reads what is too large to its end before it says so: this breaks the connection off if
 * much more comes.
 */
export function bounded(parser) {
  return (request, response, next) => {
    parser(request, response, next);
    let received = 0;
    request.on("data", (part) => {
      received += part.length;
      if (received > 2 * MOST_BODY_BYTES) request.destroy();
    });
  };
}

function declaredAsJson(request, response, next) {
  if (!request.is("application/json")) {
    throw new Problem(415, "the body must be declared as application/json");
  }
  next();
}

const parse = bounded(
  express.json({
    limit: MOST_BODY_BYTES,
    // A small body could be unpacked to a very large one.
    inflate: false,
    verify(request, response, bytes) {
      // An empty body would become an empty object, and broken letters be replaced in silence.
      if (bytes.length === 0) throw new Problem(400, "the body is empty");
      if (!isUtf8(bytes)) throw new Problem(400, "the body is not UTF-8");
    },
  }),
);

function isObject(request, response, next) {
  if (request.body === undefined || Array.isArray(request.body)) {
    throw new Problem(400, "the body is not a JSON object");
  }
  next();
}

/** For routes that take a body: `request.body` is a JSON object. */
export const jsonBody = [declaredAsJson, parse, isObject];
