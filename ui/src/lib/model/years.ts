// The years of a facet as bars: every year between the first and the last, and ranges over them. Pure.
import type { FacetCount } from "../ipc/bindings";

export interface YearBar {
  readonly year: number;
  readonly count: number;
}

/** More years than this are shown without those that have nothing. */
const MOST = 60;

/** A bar for each year, oldest first; years without a record lie between those that have some. */
export function yearBars(facets: readonly FacetCount[]): YearBar[] {
  const bars = facets.map(({ value, count }) => ({ year: Number(value), count })).sort((a, b) => a.year - b.year);
  const first = bars[0]?.year ?? 0;
  const last = bars.at(-1)?.year ?? 0;
  if (last - first >= MOST) return bars;
  const counts = new Map(bars.map((bar) => [bar.year, bar.count]));
  return bars.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, at) => ({ year: first + at, count: counts.get(first + at) ?? 0 }));
}

/** All years from one bar to another, whichever comes first. */
export function between(bars: readonly YearBar[], from: number, to: number): number[] {
  return bars.slice(Math.min(from, to), Math.max(from, to) + 1).map((bar) => bar.year);
}

/** The same years, in any order. */
export function sameYears(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((year) => b.includes(year));
}
