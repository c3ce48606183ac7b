import { describe, expect, test } from "vitest";
import { applyByteEdits, indexOfByte, lineBreakOf, smallestChange } from "./lines";

describe("lineBreakOf", () => {
  test.each([
    ["", "\n"],
    ["one line", "\n"],
    ["a\nb\n", "\n"],
    ["a\r\nb\r\n", "\r\n"],
    ["a\r\nb\n", "\n"],
    ["a\rb\r\nc", "\r\n"],
  ])("%j is split at %j", (text, expected) => {
    expect(lineBreakOf(text)).toBe(expected);
    expect(text.split(expected).join(expected)).toBe(text);
  });
});

test("byte offsets count UTF-8, indices count UTF-16", () => {
  const text = "aé→😀b";
  expect([0, 1, 3, 6, 10, 11].map((byte) => indexOfByte(text, byte))).toEqual([0, 1, 2, 3, 5, 6]);
  expect(indexOfByte(text, 8)).toBe(3);
  expect(indexOfByte(text, 99)).toBe(text.length);
});

describe("smallestChange", () => {
  function check(before: string, after: string, expected: { from: number; to: number; insert: string } | null): void {
    const change = smallestChange(before, after);
    expect(change).toEqual(expected);
    if (change) expect(before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(after);
  }

  test("equal texts need none", () => check("same", "same", null));
  test("one word", () => check("status: proposed\n", "status: accepted\n", { from: 8, to: 14, insert: "accept" }));
  test("insertion of a repeated letter", () => check("aa", "aaa", { from: 2, to: 2, insert: "a" }));
  test("deletion", () => check("a\nb\nc", "a\nc", { from: 2, to: 4, insert: "" }));
  test("a pair is never split", () => check("x😀y", "x😁y", { from: 1, to: 3, insert: "😁" }));
  test("a pair is never split at its end", () => check("\u{1f600}", "\u{1fa00}", { from: 0, to: 2, insert: "\u{1fa00}" }));
});

test("edits of a fix count bytes and are applied together", () => {
  const text = "é [[ADR-0219]] é [[ADR-0220]]";
  const edits = [
    { start: 3, end: 15, text: "A" },
    { start: 19, end: 31, text: "B" },
  ];
  expect(applyByteEdits(text, edits)).toBe("é A é B");
});
