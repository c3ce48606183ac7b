import { describe, expect, it } from "vitest";

import { facetWords, filterQuery, freeName, moved, suggestedName, wholeQuery } from "./views";
import { NO_FILTERS } from "./tree";

const NONE = { statuses: [], tags: [], scopes: [], years: [], has: [] };
const views = ["A", "B", "C"].map((name) => ({ name, query: name.toLowerCase() }));

describe("views", () => {
  it("moves within the list and not beyond its ends", () => {
    const names = (from: number, to: number) => moved(views, from, to).map((view) => view.name).join("");
    expect([names(0, 1), names(2, 0), names(0, 2), names(0, -1), names(2, 3)]).toEqual(["BAC", "CAB", "BCA", "ABC", "ABC"]);
  });

  it("finds a name that is free", () => {
    expect([freeName(views, "D"), freeName(views, "A"), freeName([...views, { name: "A 2", query: "x" }], "A")]).toEqual(["D", "A 2", "A 3"]);
    expect(suggestedName('"event log" is:due')).toBe("event log is:due");
    expect(suggestedName("word ".repeat(20)).length).toBeLessThanOrEqual(40);
  });

  it("says facets as a query that finds the same", () => {
    expect(wholeQuery(" idem key ", { ...NONE, statuses: ["accepted", "superseded"], scopes: ["ledger", "pay outs"], years: [2024, 2023, 2025] })).toBe('idem key status:accepted,superseded scope:ledger OR scope:"pay outs" year:2023..2025');
    expect(facetWords({ ...NONE, years: [2020, 2024], has: ["code"] })).toEqual([{ group: "years", words: "year:2020 OR year:2024" }, { group: "has", words: "has:code" }]);
    expect(wholeQuery("", { ...NONE, years: [2025] })).toBe("year:2025");
    expect(wholeQuery('a "event lo', { ...NONE, years: [2025] })).toBe('a "event lo" year:2025');
    expect(wholeQuery("a OR", { ...NONE, years: [2025] })).toBe("a year:2025");
    expect(wholeQuery('a "event lo', NONE)).toBe('a "event lo');
  });

  it("says the filters of the list as a query, and nothing for a view", () => {
    expect(filterQuery({ ...NO_FILTERS, text: "cache", statuses: ["none", "draft"], tags: ["speed"], attention: true })).toBe("cache status:none,draft tag:speed has:problems");
    expect([filterQuery(NO_FILTERS), filterQuery({ ...NO_FILTERS, saved: "Mine" })]).toEqual([null, null]);
  });
});
