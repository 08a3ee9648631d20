// The one form of all errors: RFC 9457, `application/problem+json`.

import { STATUS_CODES } from "node:http";
import { log } from "../log.js";
import { notFound, Problem } from "../problem.js";

/** After all routes: none of them has this address. */
export function nothingHere() {
  throw notFound();
}

/** Last of a route: the address is there, but does not offer this method. */
export function notOffered(request, response) {
  const methods = Object.keys(request.route.methods).filter((method) => method !== "_all");
  // Express answers HEAD by itself where there is GET.
  if (methods.includes("get")) methods.push("head");
  response.set("Allow", methods.join(", ").toUpperCase());
  throw new Problem(405, "this address does not offer this method");
}

/** Express knows by its four arguments that this function takes errors. */
export function answerProblem(errorPage) {
  return (error, request, response, next) => {
    // Half of an answer is on its way: Express breaks the connection off.
    if (response.headersSent) return next(error);
    const { status, message: detail, members } = toProblem(error);
    const problem = { type: "about:blank", title: STATUS_CODES[status], status, detail };
    response.status(status);
    if (status === 503) response.set("Retry-After", "1");
    if (errorPage && isForPeople(request)) return errorPage(response, problem);
    response.type("application/problem+json").send(JSON.stringify({ ...problem, ...members }));
  };
}

function toProblem(error) {
  if (error instanceof Problem) return error;
  // A path whose letters cannot be read leads nowhere.
  if (error instanceof URIError) return notFound();
  // Express's own errors, of which `expose` says whether they are meant for the client.
  if (error.expose) return new Problem(error.status, error.message);
  // Another process holds the database's lock, such as a backup.
  if (error.code?.startsWith("SQLITE_BUSY")) {
    return new Problem(503, "the database is busy: try again in a second");
  }
  // The cause belongs into the log, not into the answer.
  log.error(error);
  return new Problem(500, "something went wrong on our side");
}

function isForPeople(request) {
  return !/^\/(api(\/|$)|healthz$|openapi\.json$)/.test(request.path);
}
