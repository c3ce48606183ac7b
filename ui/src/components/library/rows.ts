// Ids, names and places of rows, shared by the tree and what points at it.
import { rowDate } from "../../lib/i18n/dates";
import { changedOn, rowDay } from "../../lib/model/decisions";
import type { Row, SortId } from "../../lib/model/tree";
import type { DecisionSummary } from "../../lib/ipc/bindings";

/** A valid id made of a row's key. */
export function rowId(key: string): string {
  return `row-${key.replaceAll(/[^A-Za-z0-9-]/g, (sign) => `_${sign.charCodeAt(0).toString(36)}`)}`;
}

/** The quiet parts of a row's second line; the day is the one that the list is sorted by. */
export function metaOf(decision: DecisionSummary, today: string, sort: SortId = "decided"): string[] {
  const [maker] = decision.decision_makers;
  return [decision.scope, maker, rowDate(sort === "date" ? changedOn(decision) : rowDay(decision), today)].filter((part): part is string => Boolean(part));
}

/** Heights in CSS pixels. They are known beforehand, so a row is in its place in the very frame that shows it. */
export const HEIGHTS = {
  cozy: { group: 34, record: 54, past: 30 },
  compact: { group: 30, record: 30, past: 28 },
} as const;

/** Where each row lies: row `i` reaches from `tops[i]` to `tops[i + 1]`. */
export class RowPlaces {
  readonly #tops: Float64Array;

  constructor(rows: readonly Row[], density: keyof typeof HEIGHTS) {
    const heights = HEIGHTS[density];
    this.#tops = new Float64Array(rows.length + 1);
    let top = 0;
    rows.forEach((row, index) => {
      top += heights[row.kind];
      this.#tops[index + 1] = top;
    });
  }

  /** Height of all rows. */
  get total(): number {
    return this.top(this.count);
  }
  get count(): number {
    return this.#tops.length - 1;
  }

  top(index: number): number {
    return this.#tops[index] ?? 0;
  }

  height(index: number): number {
    return this.top(index + 1) - this.top(index);
  }

  /** The row at `y`; the first or last one beyond the ends, -1 without rows. */
  at(y: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return Math.min(low, this.count - 1);
  }

  /** How far to scroll so that a row is wholly in sight, moving as little as possible. */
  scrollTo(index: number, scrolled: number, height: number): number {
    const top = this.top(index);
    return Math.max(Math.min(scrolled, top), top + this.height(index) - height);
  }
}

/**
 * Which element shows which row: one whose row went out of sight shows one that came in, since to change the texts of an
 * element takes less than to make one.
 */
export class RowSlots {
  #held: ReadonlyMap<number, number> = new Map();

  /** A slot for each row in sight, by its place: its own while it stays, else one that is free, else a new one. */
  of(indexes: readonly number[]): number[] {
    const kept = new Set(indexes.flatMap((index) => this.#held.get(index) ?? []));
    let next = 0;
    const free = (): number => {
      while (kept.has(next)) next += 1;
      return next++;
    };
    const slots = indexes.map((index) => this.#held.get(index) ?? free());
    this.#held = new Map(indexes.map((index, at) => [index, slots[at] ?? 0]));
    return slots;
  }
}
