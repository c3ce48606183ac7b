import { describe, expect, it } from "vitest";

import { decision } from "../../test/fixtures";
import type { Row } from "../../lib/model/tree";
import { HEIGHTS, rowId, RowPlaces, RowSlots } from "./rows";

const KINDS = { g: "group", r: "record", p: "past" } as const;

function rows(letters: string): Row[] {
  return [...letters].map((letter, index): Row => {
    const kind = KINDS[letter as keyof typeof KINDS];
    const key = `${kind}:${String(index)}`;
    if (kind === "group") return { kind, key, group: "open", name: null, count: 1, folded: false };
    return { kind, key, decision: decision({ path: `${key}.md` }), parent: "", earlier: 0, folded: false, position: 1, siblings: 1, level: 2 };
  });
}

describe("rows", () => {
  it("makes ids without signs that mean something in a selector", () => {
    expect(rowId("record:docs/adr/0001 é.md")).toMatch(/^row-[A-Za-z0-9_-]+$/);
  });

  it("knows the row at every height, and every row's own place", () => {
    for (const density of ["cozy", "compact"] as const) {
      const places = new RowPlaces(rows("grpprg".repeat(200)), density);
      const { group, record, past } = HEIGHTS[density];
      expect(places.total).toBe(200 * (2 * group + 2 * record + 2 * past));
      for (let index = 0; index < places.count; index += 1) {
        expect(places.at(places.top(index))).toBe(index);
        expect(places.at(places.top(index + 1) - 0.5)).toBe(index);
      }
    }
  });

  it("answers the nearest row beyond the ends, and none without rows", () => {
    const places = new RowPlaces(rows("grr"), "cozy");
    expect([places.at(-10), places.at(0), places.at(1e9)]).toEqual([0, 0, 2]);
    expect([new RowPlaces([], "cozy").at(5), new RowPlaces([], "cozy").total]).toEqual([-1, 0]);
  });

  it("scrolls as little as possible", () => {
    const places = new RowPlaces(rows("rrrrrrrrrr"), "cozy");
    const height = 4 * HEIGHTS.cozy.record;
    const check = (index: number, scrolled: number, expected: number) => expect(places.scrollTo(index, scrolled, height)).toBe(expected);
    check(2, 0, 0);
    check(4, 0, 54);
    check(1, 108, 54);
    check(9, 0, 10 * 54 - height);
    check(5, 200, 200);
  });
});

describe("slots", () => {
  it("keep a row's element while it is in sight, and give the freed ones to what came in", () => {
    const slots = new RowSlots();
    expect(slots.of([0, 1, 2, 3])).toEqual([0, 1, 2, 3]);
    expect(slots.of([2, 3, 4, 5])).toEqual([2, 3, 0, 1]);
    expect(slots.of([100, 101, 102])).toEqual([0, 1, 2]);
    // The active row stays, far out of sight; the list is longer than before.
    expect(slots.of([101, 400, 401, 402, 403])).toEqual([1, 0, 2, 3, 4]);
    expect(slots.of([])).toEqual([]);
  });
});
