import { expect, it } from "vitest";

import { between, sameYears, yearBars } from "./years";

const facets = (...years: [string, number][]) => years.map(([value, count]) => ({ value, count }));

it("has a bar for every year between the first and the last", () => {
  expect(yearBars(facets(["2023", 4], ["2020", 1]))).toEqual([{ year: 2020, count: 1 }, { year: 2021, count: 0 }, { year: 2022, count: 0 }, { year: 2023, count: 4 }]);
  expect(yearBars([])).toEqual([]);
  expect(yearBars(facets(["1800", 1], ["2020", 1]))).toHaveLength(2);
});

it("spans a range in either direction", () => {
  const bars = yearBars(facets(["2020", 1], ["2023", 1]));
  expect([between(bars, 1, 3), between(bars, 3, 1), between(bars, 2, 2)]).toEqual([[2021, 2022, 2023], [2021, 2022, 2023], [2022]]);
  expect([sameYears([1, 2], [2, 1]), sameYears([1], [1, 2])]).toEqual([true, false]);
});
