import { expect, test } from "vitest";
import type { MergeBlock } from "../ipc/bindings";
import { conflictsOf, leftOf, linesOf, mergedText } from "./merge";

const block = (side: MergeBlock["side"], mine: string, theirs: string): MergeBlock => ({ side, base: "", mine, theirs });
const BLOCKS = [block("both", "a\n", "a\n"), block("mine", "mine\n", ""), block("conflict", "b", "B\n"), block("theirs", "", "new\n")];

test("what only one side changed is settled, a conflict waits", () => {
  expect(conflictsOf(BLOCKS)).toEqual([2]);
  expect([leftOf(BLOCKS, {}), leftOf(BLOCKS, { 2: "mine" })]).toEqual([1, 0]);
  expect(mergedText(BLOCKS, {})).toBe("a\nmine\nbnew\n");
});

test("each way to settle it", () => {
  expect(mergedText(BLOCKS, { 2: "theirs" })).toBe("a\nmine\nB\nnew\n");
  expect(mergedText(BLOCKS, { 2: "both" })).toBe("a\nmine\nb\nB\nnew\n");
  expect(mergedText([block("conflict", "x", "y\r\n")], { 0: "both" })).toBe("x\r\ny\r\n");
});

test("lines of a text", () => {
  expect([linesOf(""), linesOf("\n"), linesOf("a\r\nb"), linesOf("a\n\n")]).toEqual([[], [""], ["a", "b"], ["a", ""]]);
});
