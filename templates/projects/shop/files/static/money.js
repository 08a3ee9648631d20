// Prices: whole cents in the API, and an amount with its currency for people.

export function money(cents, currency) {
  return new Intl.NumberFormat(undefined, { style: "currency", currency }).format(cents / 100);
}

/** What somebody typed as an amount, in cents; nothing stays nothing. */
export function cents(typed) {
  // Rounded, because 19.99 * 100 is 1998.9999999999998.
  return typed === "" ? "" : Math.round(Number(typed) * 100);
}
