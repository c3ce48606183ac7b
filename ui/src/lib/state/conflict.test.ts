import { afterEach, expect, it } from "vitest";

import { forgetHost, host } from "../../test/host";
import type { ConflictView, GitStatus } from "../ipc/bindings";
import { Conflict } from "./conflict.svelte";
import { Git } from "./git.svelte";

const PART = { field: null, section: "Decision", base: "a\n", mine: "b\n", theirs: "c\n", mine_html: "<p>b</p>", theirs_html: "<p>c</p>", takes_both: true };
const VIEW: ConflictView = { path: "a.md", label: "0001", title: "A", kind: "both-changed", mine_name: "main", theirs_name: "topic", mine: { kind: "file", says: "" }, theirs: { kind: "file", says: "" }, both_path: null, other_path: null, parts: [PART, { ...PART, section: "Context" }], joined: [], marks: true, digest: "1" };
const STATUS = { files: [] } as unknown as GitStatus;
afterEach(() => { forgetHost(); });

it("counts what is left and sends one answer for each place", async () => {
  const calls = host({ conflict: () => VIEW, settle_conflict: () => STATUS });
  const conflict = new Conflict(undefined, new Git());
  await conflict.load("a.md");
  expect(conflict.left).toBe(2);
  conflict.answer(0, { side: "theirs", text: null });
  conflict.answer(1, { side: "text", text: "d\n" });
  expect([conflict.left, conflict.said(0), conflict.said(1)]).toEqual([0, "c\n", "d\n"]);
  expect(await conflict.settle("answers")).toBe(true);
  expect(calls.at(-1)?.args).toEqual({ request: { path: "a.md", how: "answers", answers: [{ side: "theirs", text: null }, { side: "text", text: "d\n" }], digest: "1" } });
});

it("keeps answers while the places are the same, and forgets them when they are not", async () => {
  let view = VIEW;
  host({ conflict: () => view });
  const conflict = new Conflict(undefined, new Git());
  await conflict.load("a.md");
  conflict.answer(0, { side: "both", text: null });
  view = { ...VIEW, marks: false, digest: "2" };
  await conflict.load("a.md");
  expect(conflict.left).toBe(1);
  view = { ...VIEW, parts: [PART] };
  await conflict.load("a.md");
  expect(conflict.left).toBe(1);
  expect(conflict.answers).toEqual({});
});

it("looks again when the file changed meanwhile", async () => {
  let digest = "1";
  host({
    conflict: () => ({ ...VIEW, digest }),
    settle_conflict: () => {
      digest = "2";
      throw { code: "conflict", message: "a.md changed", hint: null, path: null, line: null, details: null };
    },
  });
  const conflict = new Conflict(undefined, new Git());
  await conflict.load("a.md");
  expect(await conflict.settle("mine")).toBe(false);
  expect([conflict.error?.code, conflict.view?.digest]).toEqual(["conflict", "2"]);
});
