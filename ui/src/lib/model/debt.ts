// Debt over twelve weeks: a figure for the end of each week, and where the line of a chart goes.
import { daysBefore, daysBetween } from "../i18n/dates";
import type { DebtPoint, DebtRule } from "../ipc/bindings";

const WEEKS = 12;
const WEEK = 7;

/** What stood at the end of a day. */
export interface DebtSample {
  day: string;
  open: number;
  waived: number;
  /** Rules that came to bind since the sample before. */
  added: readonly DebtRule[];
  /** Something was not decided then: the figures may be too low. */
  undecided: boolean;
}

export interface DebtSeries {
  /** The oldest first; the last one is today, with what is not committed. */
  samples: readonly DebtSample[];
  /** Whole weeks that they reach over, 12 at most. */
  weeks: number;
  /** Weeks with something undecided: their figures may be too low. */
  undecided: number;
}

/** Sunday on or before a day; weeks begin on Monday, as the engine's do. */
function sunday(day: string): string {
  return daysBefore(day, new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** The Sunday that is nearest to twelve weeks before today. */
export function beginOf(today: string): string {
  const last = sunday(today);
  const back = (daysBetween(last, today) ?? 0) > WEEK / 2 ? WEEKS - 1 : WEEKS;
  return daysBefore(last, back * WEEK);
}

/** From when on the engine is asked to count: what stood when the first day ends is its first point. */
export function sinceOf(today: string): string {
  return daysBefore(beginOf(today), -1);
}

/** Null where there is no week of history yet. `live` is what stands now. */
export function debtSeries(points: readonly DebtPoint[], today: string, live: { open: number; waived: number; undecided: number }): DebtSeries | null {
  const [first] = points;
  if (!first) return null;
  const begin = first.day > beginOf(today) ? first.day : beginOf(today);
  const span = daysBetween(begin, today) ?? 0;
  if (span < WEEK) return null;
  const days = [begin];
  for (let day = daysBefore(sunday(begin), -WEEK); day < today; day = daysBefore(day, -WEEK)) days.push(day);
  /** Rules that the points between two days brought. */
  const added = (after: string, until: string) => points.filter(({ day }) => day > after && day <= until).flatMap((point) => point.added);
  const samples = days.map((day, at): DebtSample => {
    const { then } = points.findLast((point) => point.day <= day) ?? first;
    return { day, open: then.open, waived: then.waived, added: at === 0 ? [] : added(days[at - 1] ?? begin, day), undecided: then.undecided > 0 };
  });
  const now: DebtSample = { day: today, open: live.open, waived: live.waived, added: added(days.at(-1) ?? begin, today), undecided: live.undecided > 0 };
  return { samples: [...samples, now], weeks: Math.round(span / WEEK), undecided: samples.filter(({ undecided }) => undecided).length };
}

/** How the debt went; null when it is as it was, and when one end is not decided: less found is not less there. */
export function trend(series: DebtSeries): { from: number; to: number } | null {
  const [first, last] = [series.samples[0], series.samples.at(-1)];
  if (!first || !last || first.undecided || last.undecided || first.open === last.open) return null;
  return { from: first.open, to: last.open };
}

/** A rule's own name, without its record's. */
export const nameOfRule = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

/** Rules that came at a sample, and what they found together. */
export function brought({ added }: DebtSample): { names: string[]; found: number } {
  return { names: added.map(({ rule }) => nameOfRule(rule)), found: added.reduce((sum, { found }) => sum + found, 0) };
}

/** Where the figures stand within an area of this size, in its pixels; zero is at the bottom. */
export interface Drawn {
  x: number[];
  open: number[];
  waived: number[];
}

export function drawn(series: DebtSeries, width: number, height: number): Drawn {
  const { samples } = series;
  const [first, last] = [samples[0]?.day ?? "", samples.at(-1)?.day ?? ""];
  const span = Math.max(1, daysBetween(first, last) ?? 1);
  const most = Math.max(1, ...samples.flatMap(({ open, waived }) => [open, waived]));
  const at = (value: number) => Math.round(10 * height * (1 - value / most)) / 10;
  return {
    x: samples.map(({ day }) => Math.round((10 * width * (daysBetween(first, day) ?? 0)) / span) / 10),
    open: samples.map(({ open }) => at(open)),
    waived: samples.map(({ waived }) => at(waived)),
  };
}

/** A line through points, as the path of an SVG. */
export function line(x: readonly number[], y: readonly number[]): string {
  return x.map((left, at) => `${at === 0 ? "M" : "L"}${String(left)} ${String(y[at] ?? 0)}`).join("");
}
