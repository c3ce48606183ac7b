import { expect, test } from "vitest";
import { form } from "../i18n/en/form";
import { dayOf } from "./dayWords";

// A Friday.
const TODAY = "2026-11-20";

test.each([
  ["today", "2026-11-20"],
  ["Tomorrow", "2026-11-21"],
  ["yesterday", "2026-11-19"],
  ["in 30 days", "2026-12-20"],
  ["in a week", "2026-11-27"],
  ["3 weeks ago", "2026-10-30"],
  ["in 3 months", "2027-02-20"],
  ["in 1 year", "2027-11-20"],
  ["monday", "2026-11-23"],
  ["next fri", "2026-11-27"],
  ["2026-3-4", "2026-03-04"],
  ["14 Mar 2026", "2026-03-14"],
  ["March 14th, 2026", "2026-03-14"],
  ["14.3.2026", "2026-03-14"],
  ["31 June 2026", null],
  ["2026-02-30", null],
  ["in some days", null],
  ["2026", null],
  ["fr", null],
  ["", null],
])("%s is %s", (text, expected) => expect(dayOf(text, TODAY, form.dayWords)).toBe(expected));

test("a month later than the 31st is the last of the month", () => expect(dayOf("in 1 month", "2026-01-31", form.dayWords)).toBe("2026-02-28"));
