// Talks to the server in JSON. For the scripts of pages; whatever goes wrong comes as a Problem.

const LONGEST_WAIT_MS = 15_000;

/** What the server refused (RFC 9457), or that it gave no answer at all: then `status` is 0. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The server answered with ${status}`);
    this.status = status;
    this.body = body;
    /** The messages for each broken field: `{"title": ["must not be blank"]}`. */
    this.errors = body.errors ?? {};
  }

  /** No word from the server, or a failure of its own: the same request may work later. */
  get passing() {
    return this.status === 0 || this.status >= 500;
  }
}

/** Sends a request, and gives the JSON of the answer (null where there is none). */
export async function send(method, path, body, headers = {}) {
  const accepted = { Accept: "application/json, application/problem+json" };
  const request = {
    method,
    headers: { ...accepted, ...headers },
    signal: AbortSignal.timeout(LONGEST_WAIT_MS),
  };
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  let status, text;
  try {
    const response = await fetch(path, request);
    status = response.status;
    text = await response.text();
  } catch {
    throw new Problem(0, { detail: "The server cannot be reached. Is it running?" });
  }
  const json = parse(text);
  if (status >= 400) throw new Problem(status, json ?? {});
  if (text && json === null) throw new Problem(status, { detail: "The server's answer is no JSON" });
  return json;
}

export const get = (path, query = {}) => send("GET", path + search(query));

/** A query without its empty parts: `{q: "tea", category: ""}` -> `?q=tea`. */
function search(query) {
  const filled = Object.entries(query).filter(([, value]) => value !== "" && value != null);
  return filled.length ? `?${new URLSearchParams(filled)}` : "";
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
