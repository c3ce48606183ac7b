import { expect, it } from "vitest";

import { bounded, panned, quarters, TimeScale, WHOLE, zoomed } from "./scale";
import { dayOf } from "./strands";

const at = (iso: string) => dayOf(iso) ?? Number.NaN;
const scale = (even: boolean) => new TimeScale(at("2021-04-01"), at("2026-11-20"), even);

it("gives recent years more room, unless years are even", () => {
  const widths = scale(false).years.slice(0, -1).map(({ start, end }) => end - start);
  expect(widths).toEqual([...widths].sort((a, b) => a - b));
  expect((widths.at(-1) ?? 0) / (widths[0] ?? 1)).toBeGreaterThan(2);
  const even = scale(true).years.slice(0, -1).map(({ start, end }) => Math.round((end - start) * 1_000));
  expect(new Set(even).size).toBe(1);
});

it("leads from days to places and back", () => {
  for (const even of [true, false]) {
    const one = scale(even);
    expect([one.place(at("2021-01-01")), one.place(at("2026-11-20")), one.place(at("2030-01-01")), one.place(at("1999-01-01"))]).toEqual([0, 1, 1, 0]);
    for (const iso of ["2021-01-02", "2023-12-31", "2024-02-29", "2026-11-19"]) expect(Math.round(one.day(one.place(at(iso))))).toBe(at(iso));
    expect(one.years[0]?.start).toBe(0);
    expect(one.years.at(-1)?.end).toBeCloseTo(1);
  }
});

it("has a year to show where there is no day at all", () => {
  const one = new TimeScale(null, at("2026-01-01"), false);
  expect(one.years.map(({ year }) => year)).toEqual([2026]);
  expect(one.place(at("2026-01-01"))).toBe(0);
  expect(Number.isFinite(one.day(0.5))).toBe(true);
  // A day after today does not stretch the axis.
  expect(new TimeScale(at("2031-01-01"), at("2026-06-01"), false).years.map(({ year }) => year)).toEqual([2026]);
});

it("zooms around a place and stays inside", () => {
  const near = zoomed(WHOLE, 2, 0.25);
  expect(near).toEqual({ start: 0.125, end: 0.625 });
  expect(zoomed(near, 0.5, 0.25)).toEqual(WHOLE);
  expect(panned(near, 10)).toEqual({ start: 0.5, end: 1 });
  const closest = zoomed(WHOLE, 1e9, 1);
  expect(closest.end).toBe(1);
  expect(closest.end - closest.start).toBeGreaterThan(0);
  expect(bounded({ start: 0.75, end: 1.25 })).toEqual({ start: 0.5, end: 1 });
});

it("counts by quarter from the first year to today", () => {
  const found = quarters(scale(false), [at("2021-04-01"), at("2021-06-30"), at("2026-11-20"), at("2031-01-01")]);
  expect(found).toHaveLength(24);
  expect(found.filter(({ count }) => count > 0).map(({ year, quarter, count }) => [year, quarter, count])).toEqual([[2021, 2, 2], [2026, 4, 1]]);
});
