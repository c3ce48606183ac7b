import { expect, it } from "vitest";

import { colouredLines } from "./highlight";

it("lines are coloured by the ending of the name, and keep their text", () => {
  const lines = ["fn a() { // <b>", "/* of two", "lines */ let s = \"<i>\";"];
  const coloured = colouredLines(lines, "src/a.RS");
  expect(coloured?.map((line) => line.map(({ text }) => text).join(""))).toEqual(lines);
  expect(coloured?.[1]).toEqual([{ text: "/* of two", kind: "hljs-comment", hit: false }]);
  expect(coloured?.[2]?.[0]).toEqual({ text: "lines */", kind: "hljs-comment", hit: false });
  expect([colouredLines(lines, "LICENSE"), colouredLines(lines, "a.nothing-such")]).toEqual([null, null]);
});
