import { expect, test } from "vitest";
import { ago, daysBetween, localMinute, shortDate } from "./time";

const NOW = new Date("2026-11-20T12:00:00Z");

test.each([
  ["2026-11-20T11:56:00Z", "4 minutes ago"],
  ["2026-11-20T11:59:50Z", "this minute"],
  ["2026-11-20T12:10:00Z", "this minute"],
  ["2026-11-20T09:00:00Z", "3 hours ago"],
  ["2026-11-19T09:00:00Z", "yesterday"],
  ["2026-11-20", "today"],
  ["2026-03-14T09:00:00Z", "14 Mar 2026"],
  ["some day", "some day"],
])("%s is %s", (iso, expected) => expect(ago(iso, NOW)).toBe(expected));

test("days are shown short, anything else as written", () => {
  expect(["2026-03-14", "2026-13-99", "soon", ""].map(shortDate)).toEqual(["14 Mar 2026", "2026-13-99", "soon", ""]);
  expect(daysBetween("2026-11-14", "2026-11-20")).toBe(6);
});

test("a draft's time is local", () => {
  const local = new Date(2026, 10, 20, 14, 2, 59);
  expect(localMinute(local)).toBe("2026-11-20T14:02");
});
