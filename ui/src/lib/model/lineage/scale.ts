// Time to place: years from the first decision to today, recent ones wider (or all alike). A place is a share of the whole,
// 0 to 1, so that zoom and width are somebody else's. Pure.
import { dayOf, isoOf } from "./strands";

export interface Year {
  readonly year: number;
  /** Places of its first and last moment. */
  readonly start: number;
  readonly end: number;
}

/** Part of the whole that is looked at. */
export interface View {
  readonly start: number;
  readonly end: number;
}

export const WHOLE: View = { start: 0, end: 1 };
/** Nothing smaller is looked at: about a month of a log of four years. */
const MIN_SPAN = 1 / 64;
/** Each year back is drawn this much narrower than the one after it, down to the narrowest (DESIGN §10.24). */
const SHRINK = 0.74;
const WIDEST = 272;
const NARROWEST = 68;

export class TimeScale {
  readonly years: readonly Year[];
  readonly first: number;
  readonly last: number;
  /** First day of each year. */
  readonly #starts: readonly number[];

  /** From the first of January of the earliest day to today; a log of one day still has a year. */
  constructor(earliest: number | null, today: number, even: boolean) {
    const lastYear = yearOf(today);
    const firstYear = earliest === null ? lastYear : Math.min(yearOf(earliest), lastYear);
    this.first = yearStart(firstYear);
    this.last = Math.max(today, this.first + 1);
    this.#starts = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => yearStart(firstYear + index));
    const weights: number[] = [];
    for (let year = firstYear; year <= lastYear; year += 1) {
      const share = (Math.min(yearStart(year + 1), this.last) - yearStart(year)) / (yearStart(year + 1) - yearStart(year));
      weights.push(share * (even ? 1 : Math.max(NARROWEST, WIDEST * SHRINK ** (lastYear - year))));
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let start = 0;
    this.years = weights.map((weight, index) => {
      const end = start + weight / total;
      const year = { year: firstYear + index, start, end };
      start = end;
      return year;
    });
  }

  /** Place of a day; days outside lie on the edges. */
  place(day: number): number {
    if (day <= this.first) return 0;
    if (day >= this.last) return 1;
    const at = this.#starts.findLastIndex((start) => start <= day);
    return this.#within(at, (from, to, year) => year.start + ((day - from) / (to - from)) * (year.end - year.start), 1);
  }

  /** Day of a place. */
  day(place: number): number {
    const at = this.years.findIndex(({ end }) => place < end);
    if (at < 0) return this.last;
    return this.#within(at, (from, to, year) => Math.max(this.first, from + ((place - year.start) / (year.end - year.start)) * (to - from)), this.last);
  }

  #within(at: number, reckon: (from: number, to: number, year: Year) => number, otherwise: number): number {
    const [year, from] = [this.years[at], this.#starts[at]];
    return year === undefined || from === undefined ? otherwise : reckon(from, this.#starts[at + 1] ?? this.last, year);
  }
}

export function yearOf(day: number): number {
  return Number(isoOf(day).slice(0, 4));
}

export function yearStart(year: number): number {
  return dayOf(`${String(year).padStart(4, "0")}-01-01`) ?? 0;
}

/** A view inside the whole and not smaller than makes sense; it keeps its middle where it can. */
export function bounded(view: View): View {
  const span = Math.min(1, Math.max(MIN_SPAN, view.end - view.start));
  const middle = (view.start + view.end) / 2;
  const start = Math.min(1 - span, Math.max(0, middle - span / 2));
  return { start, end: start + span };
}

/** Closer (factor above 1) or farther, around a place that stays where it is. */
export function zoomed(view: View, factor: number, around: number): View {
  const span = (view.end - view.start) / factor;
  const share = (around - view.start) / (view.end - view.start);
  return bounded({ start: around - share * span, end: around + (1 - share) * span });
}

/** Moved by a share of what is seen. */
export function panned(view: View, share: number): View {
  const by = share * (view.end - view.start);
  return bounded({ start: view.start + by, end: view.end + by });
}

export interface Quarter {
  readonly year: number;
  /** 1 to 4. */
  readonly quarter: number;
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** How many decisions fall into each quarter from the first year to today. */
export function quarters(scale: TimeScale, days: readonly number[]): Quarter[] {
  const firstYear = yearOf(scale.first);
  const found: { year: number; quarter: number; start: number; end: number; count: number }[] = [];
  for (let year = firstYear; year <= yearOf(scale.last); year += 1) {
    for (let quarter = 1; quarter <= 4; quarter += 1) {
      const start = quarterStart(year, quarter);
      if (start <= scale.last) found.push({ year, quarter, start, end: quarter === 4 ? yearStart(year + 1) : quarterStart(year, quarter + 1), count: 0 });
    }
  }
  for (const day of days) {
    const iso = isoOf(day);
    const at = (Number(iso.slice(0, 4)) - firstYear) * 4 + Math.floor((Number(iso.slice(5, 7)) - 1) / 3);
    const quarter = found[at];
    if (quarter) quarter.count += 1;
  }
  return found;
}

function quarterStart(year: number, quarter: number): number {
  return dayOf(`${String(year).padStart(4, "0")}-${String(quarter * 3 - 2).padStart(2, "0")}-01`) ?? 0;
}
