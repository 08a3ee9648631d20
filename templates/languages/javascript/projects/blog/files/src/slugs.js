// The part of a post's address that is made from its title.

import anyAscii from "any-ascii";

const MAX_CHARACTERS = 80;

/** `Über Straße!` -> `uber-strasse`; `post` if the title has no letters and no digits. */
export function slugOf(title) {
  const ascii = anyAscii(title).toLowerCase();
  const words = ascii.match(/[a-z0-9]+/g) ?? ["post"];
  return words.join("-").slice(0, MAX_CHARACTERS).replace(/-$/, "");
}

/** The first of `slug`, `slug-2`, `slug-3`... that is not taken. */
export function firstFree(base, taken) {
  let slug = base;
  for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`;
  return slug;
}
