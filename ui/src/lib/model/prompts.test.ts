import { describe, expect, test } from "vitest";
import { firstPlace, frontMatterFields, frontMatterOf, promptsOf } from "./prompts";

const RECORD = "---\nstatus: proposed\nx: {not: a prompt}\n---\n# Title\n\n## Context\n\n{What is true today}\n\n```js\nf({ code: 1 })\n```\n\n## Decision\n\n{One paragraph}\n";

function texts(record: string): string[] {
  return promptsOf(record).map((span) => record.slice(span.from, span.to));
}

describe("prompts", () => {
  test("front matter and code are left out", () => expect(texts(RECORD)).toEqual(["{What is true today}", "{One paragraph}"]));
  test("none in a finished record", () => expect(texts("# Title\n\nDone {}.\n")).toEqual([]));
  test("an unclosed fence swallows the rest", () => expect(texts("```\n{a prompt}\n")).toEqual([]));
});

describe("firstPlace", () => {
  function check(marked: string): void {
    const from = marked.indexOf("|");
    expect(firstPlace(marked.replace("|", ""))).toEqual({ from, to: from });
  }
  test("first prompt", () => expect(firstPlace(RECORD)).toEqual(promptsOf(RECORD)[0]));
  test("first empty section", () => check("# T\n\n## Context\nText\n\n## Decision\n|\n\n## Consequences\n"));
  test("the title when nothing is open", () => check("---\na: b\n---\n# Title|\n\nText\n"));
});

describe("front matter", () => {
  test.each([
    ["---\na: 1\n---\nbody", "---\na: 1\n---"],
    ["+++\na = 1\n+++\nbody", "+++\na = 1\n+++"],
    ["---\r\na: 1\r\n---\r\nbody", "---\r\na: 1\r\n---"],
    ["---\nnever closed\n", null],
    ["# Title\n---\n", null],
  ])("%j", (text, expected) => {
    const span = frontMatterOf(text);
    expect(span ? text.slice(span.from, span.to) : null).toBe(expected);
  });

  test("fields are counted, nested ones are not", () => {
    expect(frontMatterFields("---\nstatus: 'proposed'\ntags:\n  - a\n  nested: 1\ndate: 2026-01-01\n---")).toEqual({ status: "proposed", fields: 3 });
    expect(frontMatterFields("+++\ndate = 2026\n+++")).toEqual({ status: null, fields: 1 });
  });
});
