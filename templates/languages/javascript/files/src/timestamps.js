// Moments in UTC, stored and sent in the same form: `2026-11-22T18:30:00.123Z`.

export function now() {
  return new Date().toISOString();
}

/** Now, or just after `earlier` where the clock has not moved on since (or was set back). */
export function laterThan(earlier) {
  return new Date(Math.max(Date.now(), Date.parse(earlier) + 1)).toISOString();
}
