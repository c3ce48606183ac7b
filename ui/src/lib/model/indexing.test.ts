import { expect, it } from "vitest";

import { secondsLeft } from "./indexing";

const check = (from: [number, number], now: [number, number], all: number, expected: number | null) => { expect(secondsLeft({ at: from[0], done: from[1] }, { at: now[0], done: now[1] }, all)).toBe(expected); };

it("tells the rest from the speed so far", () => {
  check([0, 0], [2_000, 84], 128, 1);
  check([0, 0], [2_000, 40], 100, 3);
  check([1_000, 10], [3_000, 30], 130, 10);
});

it("says nothing before there is a speed", () => {
  check([0, 0], [400, 84], 128, null);
  check([0, 5], [2_000, 5], 128, null);
});
