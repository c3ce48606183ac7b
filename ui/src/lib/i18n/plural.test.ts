import { expect, test } from "vitest";

import { sentence } from "./plural";

test("a fragment of the host becomes a sentence; a path in front keeps its letters", () => {
  const check = (text: string, expected: string) => { expect(sentence(text)).toBe(expected); };
  check("the file is gone", "The file is gone.");
  check("name one of them by its path.", "Name one of them by its path.");
  check("docs/adr/0001-a.md has changed", "docs/adr/0001-a.md has changed.");
  check("precedent.toml line 3 is no TOML", "precedent.toml line 3 is no TOML.");
  check("`yes` is no date", "`yes` is no date.");
  check("busy", "Busy.");
  check("", "");
});
