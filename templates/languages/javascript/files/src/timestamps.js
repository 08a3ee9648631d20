// Times in UTC, stored and sent in the same form: `2026-11-22T18:30:00.123Z`.

/** Now; or just after `earlier`, where the clock has not moved on since then or was set back. */
export function now(earlier = 0) {
  return new Date(Math.max(Date.now(), new Date(earlier).getTime() + 1)).toISOString();
}
