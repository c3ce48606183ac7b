import { expect, test } from "vitest";
import { localMinute } from "./time";

test("a draft's time is local", () => {
  expect(localMinute(new Date(2026, 10, 20, 14, 2, 59))).toBe("2026-11-20T14:02");
});
