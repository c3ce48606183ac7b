import { expect, it } from "vitest";

import { findWords, markedWords, splitMarks } from "./marks";

it("splits a text at its marks and clips bad ones", () => {
  const check = (marks: [number, number][], expected: string) =>
    expect(splitMarks({ text: "one two three", marks }).map((run) => (run.marked ? `[${run.text}]` : run.text)).join("")).toBe(expected);
  check([], "one two three");
  check([[4, 7]], "one [two] three");
  check([[8, 99], [0, 3]], "[one] two [three]");
  check([[0, 5], [3, 7]], "[one t][wo] three");
  check([[50, 60]], "one two three");
});

it("finds the words of a query as the index does", () => {
  const check = (text: string, words: string[], expected: string[]) => expect(findWords(text, words).map(([start, end]) => text.slice(start, end))).toEqual(expected);
  check("Idempotency keys and a key", ["idem", "key"], ["Idempotency", "keys", "key"]);
  check("monkey", ["key"], []);
  check("Stores, stored, storing", ["stores"], ["Stores", "stored", "storing"]);
  check("C++ (again)", ["c++", "("], ["C++"]);
  check("anything", [], []);
  check("Größe der Größen", ["größe"], ["Größe", "Größen"]);
});

it("names the words a search marked, other forms of what was typed among them", () => {
  expect(markedWords([{ text: "Rebuilt each night", marks: [[13, 18]] }, { text: "Nightly, each night", marks: [[0, 7], [14, 19]] }])).toEqual(["night", "nightly"]);
});
