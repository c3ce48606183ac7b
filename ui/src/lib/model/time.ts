// The only place of the writing screens that asks the clock.

/** Local time to the minute, `2026-11-20T14:02`. */
export function localMinute(now = new Date()): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Now, for "12 min ago". */
export function now(): Date {
  return new Date();
}
