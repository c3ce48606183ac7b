import { expect, it } from "vitest";

import { ago, longDate, rowDate, shortDate, tenure } from "./dates";

const TODAY = "2026-11-20";

it("writes dates in prose, rows and other years", () => {
  expect(longDate("2026-03-14")).toBe("14 March 2026");
  expect(shortDate("2026-03-14", TODAY)).toBe("14 Mar");
  expect(shortDate("2025-09-02", TODAY)).toBe("2 Sep 2025");
  expect(longDate("spring 2024")).toBe("spring 2024");
  expect(longDate("2026-13-40")).toBe("2026-13-40");
});

it("writes recent days in rows as days", () => {
  const check = (iso: string, expected: string) => expect(rowDate(iso, TODAY)).toBe(expected);
  check("2026-11-20", "today");
  check("2026-11-19", "yesterday");
  check("2026-11-17", "3 days");
  check("2026-11-13", "13 Nov");
  check("2026-12-24", "24 Dec");
  check("2025-06-17", "17 Jun 2025");
  expect(rowDate(null, TODAY)).toBe("");
});

it("writes moments", () => {
  const now = new Date(2026, 10, 20, 12, 0);
  const check = (at: Date, expected: string) => expect(ago(at.toISOString(), now)).toBe(expected);
  check(new Date(2026, 10, 20, 11, 59, 40), "just now");
  check(new Date(2026, 10, 20, 11, 48), "12 min ago");
  check(new Date(2026, 10, 20, 10, 0), "2 h ago");
  check(new Date(2026, 10, 19, 8, 0), "yesterday");
  check(new Date(2026, 10, 3, 8, 0), "3 Nov");
});

it("measures tenure in days, months and years", () => {
  const check = (from: string, to: string, expected: string | null) => expect(tenure(from, to)).toBe(expected);
  check("2026-03-14", "2026-03-20", "6 days");
  check("2026-03-14", "2026-04-13", "30 days");
  check("2026-03-14", "2026-04-14", "1 month");
  check("2026-03-14", TODAY, "8 months");
  check("2021-03-01", "2023-08-14", "29 months");
  check("2023-01-01", "2025-12-31", "35 months");
  check("2023-01-01", "2026-01-01", "3 years");
  check("2026-03-14", "2026-03-14", null);
  check("2026-03-14", "2026-03-01", null);
});
