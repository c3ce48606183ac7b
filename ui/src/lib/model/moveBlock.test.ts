import { expect, test } from "vitest";
import { moveBlock } from "./moveBlock";

/** `>` marks the line of the caret, before and after. */
function check(before: string, way: 1 | -1, after: string | null): void {
  const marked = before.split("\n");
  const line = marked.findIndex((text) => text.startsWith(">"));
  const lines = marked.map((text) => text.replace(/^>/, ""));
  const moved = moveBlock(lines, line, way);
  if (moved === null) return expect(after).toBeNull();
  const result = [...lines.slice(0, moved.from), ...moved.lines, ...lines.slice(moved.to)];
  result[line + moved.by] = `>${result[line + moved.by] ?? ""}`;
  expect(result.join("\n")).toBe(after);
}

test("an option of a list, numbers stay in order", () => {
  check("1. One\n>2. Two\n3. Three", -1, ">1. Two\n2. One\n3. Three");
  check("1. One\n>2. Two\n3. Three", 1, "1. One\n2. Three\n>3. Two");
  check(">* One\n* Two", -1, null);
});

test("an option with what is indented below it", () => {
  check("* One\n\n  more\n\n>* Two\n  text\n\nAfter", -1, ">* Two\n  text\n\n* One\n\n  more\n\nAfter");
  check("* One\n>  text\n* Two", 1, "* Two\n* One\n>  text");
});

test("an option's section passes the next one of its level", () => {
  check("## Options\n\n### One\n\n>text\n\n### Two\n\nmore\n\n## Outcome", 1, "## Options\n\n### Two\n\nmore\n\n### One\n\n>text\n\n## Outcome");
  check("## Options\n\n### One\n\n### Two\n\n>more", -1, "## Options\n\n### Two\n\n>more\n\n### One");
  check("## Options\n\n### One\n\n>text\n\n## Outcome", 1, null);
});

test("nothing moves over the title, into front matter or out of code", () => {
  check("---\n>a: b\n---\n# T\n\n## A\n## B", 1, null);
  check("# T\n\n>text\n\n## A", 1, null);
  check("## A\n\n```\n## no heading\n```\n>x\n\n## B\n", 1, "## B\n\n## A\n\n```\n## no heading\n```\n>x\n");
});
