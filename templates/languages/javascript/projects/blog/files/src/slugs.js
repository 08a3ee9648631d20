// The part of a post's address that is made from its title.

import anyAscii from "any-ascii";

const MOST_CHARACTERS = 80;

/** `Über Straße!` -> `uber-strasse`; `post` if the title has no letters and no digits. */
export function slugOf(title) {
  const ascii = anyAscii(title).toLowerCase();
  const words = ascii.match(/[a-z0-9]+/g) ?? ["post"];
  return words.join("-").slice(0, MOST_CHARACTERS).replace(/-$/, "");
}

/** The first of `wanted`, `wanted-2`, `wanted-3`... that is not taken. */
export function firstFree(wanted, taken) {
  let slug = wanted;
  for (let number = 2; taken.has(slug); number++) slug = `${wanted}-${number}`;
  return slug;
}
