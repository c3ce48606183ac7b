import { describe, expect, test } from "vitest";

import { hasTrailer, longLines, withTrailer, wrapped } from "./message";

const LONG = "Every posting set carries the lease epoch, and the ledger refuses a set whose epoch is too low.";

test("long lines of the body are named and broken at words", () => {
  const message = `Subject\n\n${LONG}\n- ${LONG}\n    ${LONG}\nhttps://example.org/${"x".repeat(80)}\n\nDecision: ADR-0001`;
  expect(longLines(message)).toEqual([3, 4]);
  const lines = wrapped(message).split("\n");
  expect(lines[2]).toBe("Every posting set carries the lease epoch, and the ledger refuses a set");
  expect(lines.slice(4, 6).map((line) => line.slice(0, 8))).toEqual(["- Every ", "  set wh"]);
  expect(lines.join(" ").replace(/\s+/g, " ")).toBe(message.split("\n").join(" ").replace(/\s+/g, " "));
  expect(longLines(wrapped(message))).toEqual([]);
  expect(wrapped(wrapped(message))).toBe(wrapped(message));
});

describe("trailers", () => {
  const ME = "Signed-off-by: Ann Lee <ann@example.org>";
  test.each([
    ["Subject", `Subject\n\n${ME}`],
    ["Subject\n\nDecision: ADR-0001\n", `Subject\n\nDecision: ADR-0001\n${ME}`],
    ["Subject\n\nBody.", `Subject\n\nBody.\n\n${ME}`],
  ])("put under %j", (message, expected) => {
    expect(withTrailer(message, ME, true)).toBe(expected);
    expect([hasTrailer(expected, ME), hasTrailer(message, ME)]).toEqual([true, false]);
    expect(withTrailer(expected, ME, true)).toBe(expected);
    expect(withTrailer(expected, ME, false)).toBe(message.trimEnd());
  });
});
