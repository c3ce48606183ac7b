import { expect, test } from "vitest";

import { quoted } from "./shell";

test("words are safe for a shell", () => {
  expect(["a/b.md", "-x", "a b", "it's", "", "$HOME"].map(quoted)).toEqual(["a/b.md", "'-x'", "'a b'", "'it'\\''s'", "''", "'$HOME'"]);
});
