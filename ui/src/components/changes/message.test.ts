import { describe, expect, test } from "vitest";

import { en } from "../../lib/i18n/en";
import type { ChangedFile } from "../../lib/ipc/bindings";
import { gitCommands, quoted } from "./commands";
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

describe("git's own commands", () => {
  const file = (more: Partial<ChangedFile>) => ({ path: "docs/a b.md", old_path: null, staged: false, change: "modified", ...more }) as ChangedFile;
  const of = (one: ChangedFile | null, amending = false) => gitCommands({ file: one, message: "It's done", amending }, en.committing.commands).map((line) => line.command);
  test("words are safe for a shell", () => {
    expect(["a/b.md", "-x", "a b", "it's", "", "$HOME"].map(quoted)).toEqual(["a/b.md", "'-x'", "'a b'", "'it'\\''s'", "''", "'$HOME'"]);
  });
  test("of a changed file", () => {
    expect(of(file({}))).toEqual(["git status", "git diff -- 'docs/a b.md'", "git add -- 'docs/a b.md'", "git add --patch -- 'docs/a b.md'", "git restore -- 'docs/a b.md'", "git commit -m 'It'\\''s done'", "git reset --soft HEAD~1"]);
  });
  test("of a staged rename, amending", () => {
    expect(of(file({ path: "b.md", old_path: "a.md", staged: true, change: "renamed" }), true)).toEqual(["git status", "git diff --cached -- b.md a.md", "git restore --staged -- b.md a.md", "git restore --staged --patch -- b.md a.md", "git commit --amend -m 'It'\\''s done'", "git reset --soft HEAD~1"]);
  });
  test("of a new file, and of none", () => {
    expect(of(file({ path: "x", change: "added" }))).toContain("git clean -f -- x");
    expect(of(null)).toEqual(["git status", "git commit -m 'It'\\''s done'", "git reset --soft HEAD~1"]);
  });
});
