// Dates in words. Days come as ISO text from records; "today" is always an argument, so that tests and screens agree.
import { speech } from "./language.svelte";
import { t } from "./messages";

const months = new Map<string, string[]>();
const DAY_MS = 86_400_000;

interface Day {
  year: number;
  month: number;
  day: number;
}

/** A month as it is called within a date: `March`, `Mar`; `März`, `Sept.`. */
function monthName(width: "long" | "short", month: number): string {
  const { language } = speech;
  let names = months.get(`${language} ${width}`);
  if (!names) {
    const format = new Intl.DateTimeFormat(language, { day: "numeric", month: width, timeZone: "UTC" });
    const name = (at: number) => format.formatToParts(Date.UTC(2026, at, 1)).find((part) => part.type === "month")?.value ?? "";
    months.set(`${language} ${width}`, (names = Array.from({ length: 12 }, (_, at) => name(at))));
  }
  return names[month - 1] ?? "";
}

/** The day an ISO text begins with; null for anything else. */
function parseDay(iso: string | null): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  if (!match) return null;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { year, month, day } : null;
}

/** Whole days from one ISO day to another; null when one is not a day. */
export function daysBetween(from: string | null, to: string | null): number | null {
  const a = parseDay(from);
  const b = parseDay(to);
  if (!a || !b) return null;
  return Math.round((Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / DAY_MS);
}

/** The ISO day this many days before another; the same text when that is no day. ISO days compare as text. */
export function daysBefore(iso: string, days: number): string {
  const day = parseDay(iso);
  return day ? new Date(Date.UTC(day.year, day.month - 1, day.day - days)).toISOString().slice(0, 10) : iso;
}

/** `14 March 2026`; text that is no date stays as it is. */
export function longDate(iso: string): string {
  const day = parseDay(iso);
  return day ? t.dates.full(day.day, monthName("long", day.month), day.year) : iso;
}

/** `14 Mar 2026`. */
export function mediumDate(iso: string): string {
  const day = parseDay(iso);
  return day ? t.dates.full(day.day, monthName("short", day.month), day.year) : iso;
}

/** `March 2026`. */
export function monthYear(iso: string): string {
  const day = parseDay(iso);
  return day ? t.dates.monthYear(monthName("long", day.month), day.year) : iso;
}

/** `14 Mar` this year, `14 Mar 2025` in others. */
export function shortDate(iso: string, today: string): string {
  const day = parseDay(iso);
  if (!day) return iso;
  return day.year === parseDay(today)?.year ? t.dates.dayMonth(day.day, monthName("short", day.month)) : mediumDate(iso);
}

/** In rows: `today`, `3 days`, then the date. */
export function rowDate(iso: string | null, today: string): string {
  if (!iso) return "";
  const days = daysBetween(iso, today);
  if (days === null || days < 0 || days >= 7) return shortDate(iso, today);
  return days === 0 ? t.dates.today : days === 1 ? t.dates.yesterday : t.dates.days(days);
}

/** Moments: `12 min ago`, `2 h ago`, `yesterday`, then the date. */
export function ago(iso: string, now: Date): string {
  const at = new Date(iso);
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (Number.isNaN(minutes)) return iso;
  if (minutes < 1) return t.dates.now;
  if (minutes < 60) return t.dates.minutesAgo(minutes);
  if (minutes < 24 * 60) return t.dates.hoursAgo(Math.floor(minutes / 60));
  return rowDate(localDay(at), localDay(now));
}

/** `14:02`: a time of day as the language writes it. */
export function clock(at: Date): string {
  return new Intl.DateTimeFormat(speech.language === "en" ? "en-GB" : speech.language, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** ISO day of a moment in the user's own time zone. */
export function localDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Tenure (DESIGN §18): whole months; days under one month (none for less than a day); years from 36 months on. */
export function tenure(from: string, to: string): string | null {
  const a = parseDay(from);
  const b = parseDay(to);
  const days = daysBetween(from, to);
  if (!a || !b || days === null || days <= 0) return null;
  const months = (b.year - a.year) * 12 + (b.month - a.month) - (b.day < a.day ? 1 : 0);
  if (months < 1) return t.dates.days(days);
  return months >= 36 ? t.dates.years(Math.floor(months / 12)) : t.dates.months(months);
}
