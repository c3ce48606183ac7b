import { expect, test } from "vitest";
import type { DecisionSummary } from "../ipc/bindings";
import { offered, wordsOf } from "./words";

test("the most used come first", () => {
  const one = (tags: string[]) => ({ tags }) as DecisionSummary;
  expect(wordsOf([one(["b", "a"]), one(["b"]), one(["c"])], (decision) => decision.tags)).toEqual(["b", "a", "c"]);
});

test("beginnings before the rest, taken ones never", () => {
  expect(offered(["@lee-dana", "@dana", "team:data", "@bo"], ["@bo"], "da")).toEqual(["@dana", "team:data", "@lee-dana"]);
  expect(offered(["a", "b"], [], "")).toEqual(["a", "b"]);
  expect(offered(["a"], [], "x")).toEqual([]);
});
