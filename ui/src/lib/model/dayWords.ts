// Days as people write them: "tomorrow", "in 30 days", "next monday", "14 Mar 2026", "14.3.2026". The words of a language come from
// the messages; today is an argument. Pure.

/** The words of one language. */
export interface DayWords {
  today: readonly string[];
  tomorrow: readonly string[];
  yesterday: readonly string[];
  /** `in 30 days` as a pattern with the groups `count` and `unit`. */
  ahead: string;
  /** `3 weeks ago`. */
  ago: string;
  /** A number as a word, "a". */
  one: readonly string[];
  /** What a unit begins with: day, week, month, year. */
  units: Readonly<Record<"day" | "week" | "month" | "year", readonly string[]>>;
  /** Before the name of a weekday: "next". */
  next: string;
  /** Sunday first. */
  weekdays: readonly string[];
  /** January first. */
  months: readonly string[];
}

interface Day {
  year: number;
  month: number;
  day: number;
}

/** The ISO day that a text means; `null` when it means none. */
export function dayOf(text: string, today: string, words: DayWords): string | null {
  const said = text.trim().toLowerCase().replace(/\s+/g, " ").replace(/\.$/, "");
  const now = fromIso(today);
  if (said === "" || !now) return null;
  if (words.today.includes(said)) return today;
  if (words.tomorrow.includes(said)) return iso({ ...now, day: now.day + 1 });
  if (words.yesterday.includes(said)) return iso({ ...now, day: now.day - 1 });
  return written(said, words) ?? moved(said, now, words) ?? weekday(said, now, words);
}

function fromIso(text: string): Day | null {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : null;
}

/** The calendar carries over: day 32 is the next month's. */
function iso({ year, month, day }: Day): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** Only a day that is one: 31 June is nothing. */
function exact(day: Day): string | null {
  if (day.month < 1 || day.month > 12 || day.day < 1 || day.year < 1000) return null;
  const text = iso(day);
  return Number(text.slice(8)) === day.day ? text : null;
}

function written(said: string, words: DayWords): string | null {
  const numbers = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(said);
  if (numbers) return exact({ year: Number(numbers[1]), month: Number(numbers[2]), day: Number(numbers[3]) });
  const turned = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(said);
  if (turned) return exact({ year: Number(turned[3]), month: Number(turned[2]), day: Number(turned[1]) });
  const named = /^(\d{1,2})(?:st|nd|rd|th|\.)? (\p{L}{3,})\.?,? (\d{4})$/u.exec(said);
  if (named) return byName(Number(named[1]), named[2] ?? "", Number(named[3]), words);
  const first = /^(\p{L}{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u.exec(said);
  return first ? byName(Number(first[2]), first[1] ?? "", Number(first[3]), words) : null;
}

function byName(day: number, month: string, year: number, words: DayWords): string | null {
  const at = words.months.findIndex((name) => name.toLowerCase().startsWith(month));
  return at < 0 ? null : exact({ year, month: at + 1, day });
}

function moved(said: string, now: Day, words: DayWords): string | null {
  const ahead = new RegExp(words.ahead, "u").exec(said)?.groups;
  const found = ahead ?? new RegExp(words.ago, "u").exec(said)?.groups;
  if (!found) return null;
  const written = found.count ?? "";
  const count = (words.one.includes(written) ? 1 : Number(written)) * (ahead ? 1 : -1);
  const unit = (["day", "week", "month", "year"] as const).find((name) => words.units[name].some((start) => found.unit?.startsWith(start)));
  if (!unit || !Number.isInteger(count) || Math.abs(count) > 10_000) return null;
  if (unit === "day") return iso({ ...now, day: now.day + count });
  if (unit === "week") return iso({ ...now, day: now.day + 7 * count });
  return clamped(unit === "month" ? { ...now, month: now.month + count } : { ...now, year: now.year + count });
}

/** The same day of another month, or its last one. */
function clamped({ year, month, day }: Day): string {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return iso({ year, month, day: Math.min(day, last) });
}

/** The coming day of that name, never today. */
function weekday(said: string, now: Day, words: DayWords): string | null {
  const name = said.replace(new RegExp(words.next, "u"), "");
  const at = name.length < 3 ? -1 : words.weekdays.findIndex((day) => day.toLowerCase().startsWith(name));
  if (at < 0) return null;
  const today = new Date(Date.UTC(now.year, now.month - 1, now.day)).getUTCDay();
  return iso({ ...now, day: now.day + ((at - today + 6) % 7) + 1 });
}
