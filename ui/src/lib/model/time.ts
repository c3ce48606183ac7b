// Times of the writing screens, by Intl. The only place of theirs that asks the clock.

/** Local time to the minute, `2026-11-20T14:02`. */
export function localMinute(now = new Date()): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** "4 minutes ago", "yesterday", "14 Mar 2026": how long ago a moment was. What is no date stays as it is. */
export function ago(iso: string, now = new Date()): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return iso;
  const minutes = Math.round((now.getTime() - then.getTime()) / 60_000);
  const hasTime = iso.includes("T");
  if (hasTime && minutes < 60) return relative.format(-Math.max(0, minutes), "minute");
  if (hasTime && minutes < 24 * 60) return relative.format(-Math.round(minutes / 60), "hour");
  const days = Math.floor(minutes / (24 * 60));
  return days < 7 ? relative.format(-days, "day") : day.format(then);
}

/** `14 Mar 2026` for `2026-03-14`; anything else stays as it is. */
export function shortDate(iso: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? day.format(new Date(`${iso}T00:00`)) : iso;
}

/** Whole days from one ISO day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
