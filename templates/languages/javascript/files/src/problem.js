// Errors that the client is to see.

/** `members` stand beside status and detail in the response. */
export class Problem extends Error {
  constructor(status, detail, members = {}) {
    super(detail);
    this.status = status;
    this.members = members;
  }
}

export function notFound() {
  return new Problem(404, "there is nothing at this address");
}

/** `errors` has the messages for each invalid field: `{ title: ["must not be blank"] }`. */
export function invalid(errors) {
  return new Problem(422, "some fields are not valid", { errors });
}
