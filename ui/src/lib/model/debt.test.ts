import { describe, expect, it } from "vitest";

import type { DebtPoint } from "../ipc/bindings";
import { beginOf, brought, debtSeries, drawn, line, sinceOf, trend } from "./debt";

const count = (open: number, waived = 0, rules = 1, undecided = 0) => ({ rules, open, errors: open, waived, baselined: 0, undecided });
const point = (day: string, ...[open, waived, rules, undecided]: Parameters<typeof count>): DebtPoint => ({ commit: day, day, then: count(open, waived, rules, undecided), today: count(0), introduced: 0, repaid: 0, added: [] });
const bringing = (point: DebtPoint, ...rules: [string, number][]): DebtPoint => ({ ...point, added: rules.map(([rule, found]) => ({ rule, found })) });

describe("twelve weeks", () => {
  it("begin on the Sunday that is nearest to 84 days ago", () => {
    // 2026-11-29 is a Sunday.
    expect(["2026-11-29", "2026-12-02", "2026-12-03", "2026-12-05"].map(beginOf)).toEqual(["2026-09-06", "2026-09-06", "2026-09-13", "2026-09-13"]);
    expect(sinceOf("2026-11-29")).toBe("2026-09-07");
  });

  it("have a figure for each week's end, and today's is what stands now", () => {
    const series = debtSeries([point("2026-01-05", 34), bringing(point("2026-09-16", 36, 2, 3), ["a/one", 3], ["b/two", 1]), point("2026-11-20", 22, 6, 3, 1)], "2026-11-29", { open: 21, waived: 7, undecided: 0 });
    expect(series?.samples.map(({ day, open, waived, added }) => [day, open, waived, added.length])).toEqual([
      ["2026-09-06", 34, 0, 0], ["2026-09-13", 34, 0, 0], ["2026-09-20", 36, 2, 2],
      ...["2026-09-27", "2026-10-04", "2026-10-11", "2026-10-18", "2026-10-25", "2026-11-01", "2026-11-08", "2026-11-15"].map((day) => [day, 36, 2, 0]),
      ["2026-11-22", 22, 6, 0], ["2026-11-29", 21, 7, 0],
    ]);
    expect([series?.weeks, series?.undecided]).toEqual([12, 1]);
    expect(series?.samples[2] && brought(series.samples[2])).toEqual({ names: ["one", "two"], found: 4 });
    expect(series && trend(series)).toEqual({ from: 34, to: 21 });
  });

  it("are fewer where history is younger, and none in its first week", () => {
    const series = debtSeries([bringing(point("2026-11-11", 1, 0, 0), ["a/before", 1]), bringing(point("2026-11-28", 1, 0, 2), ["a/one", 0], ["a/two", 1])], "2026-11-29", { open: 1, waived: 0, undecided: 0 });
    expect(series?.samples.map(({ day, added }) => [day, added.length])).toEqual([["2026-11-11", 0], ["2026-11-15", 0], ["2026-11-22", 0], ["2026-11-29", 2]]);
    expect([series?.weeks, series && trend(series)]).toEqual([3, null]);
    expect(debtSeries([point("2026-11-23", 1)], "2026-11-29", { open: 1, waived: 0, undecided: 0 })).toBeNull();
    expect(debtSeries([], "2026-11-29", { open: 1, waived: 0, undecided: 0 })).toBeNull();
  });

  it("went nowhere that can be told while something is undecided at either end", () => {
    const went = (first: number, live: number) => {
      const series = debtSeries([point("2026-11-01", 5, 0, 1, first)], "2026-11-29", { open: 3, waived: 0, undecided: live });
      return series && trend(series);
    };
    expect([went(0, 0), went(1, 0), went(0, 1)]).toEqual([{ from: 5, to: 3 }, null, null]);
  });

  it("are drawn from zero up, by their days", () => {
    const series = debtSeries([point("2026-11-01", 4), point("2026-11-10", 2, 1)], "2026-11-29", { open: 0, waived: 1, undecided: 0 });
    const { x, open, waived } = drawn(series ?? { samples: [], weeks: 0, undecided: 0 }, 280, 100);
    expect([x, open, waived]).toEqual([[0, 70, 140, 210, 280], [0, 0, 50, 50, 100], [100, 100, 75, 75, 75]]);
    expect(line(x.slice(0, 2), open)).toBe("M0 0L70 0");
  });
});
