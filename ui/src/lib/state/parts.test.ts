import { expect, test } from "vitest";

import type { FileDiff, GitStatus, Hunk, PartRequest } from "../ipc/bindings";
import { HostError } from "../ipc/client";
import { lineRows, pairRows, wordRows } from "../model/diff";
import { Changes } from "./changes.svelte";
import type { Call } from "./editor.svelte";
import { Git } from "./git.svelte";
import { Parts, Trash } from "./parts.svelte";

const line = (kind: string, old_line: number | null, new_line: number | null, text: string, changed = false) => ({ kind, old_line, new_line, open: false, runs: changed ? [{ text: "a ", changed: false }, { text, changed: true }] : [{ text, changed: false }] });
const HUNK: Hunk = { old_start: 1, new_start: 1, section: "Decision", lines: [line("same", 1, 1, "x"), line("del", 2, null, "one", true), line("add", null, 2, "two", true), line("add", null, 3, "three")] };
const file = { path: "a.md", staged: false, old_path: null, change: "modified", partly: false, is_record: true, label: "0001", title: "A", status: null, lead: "", sentence: "", lines_added: 1, lines_removed: 1 };

/** A repository with one changed file; its base counts how often it was read. */
function repository(refuse?: HostError) {
  const requests: PartRequest[] = [];
  let base = 0;
  const status = () => ({ branch: "main", files: [file], detached: false, operation: null, trust: { trusted: true, reasons: [] } }) as unknown as GitStatus;
  const call = (async (name: string, args: { request: PartRequest }) => {
    if (name === "file_diff") return { path: "a.md", staged: false, fields: [], hunks: [HUNK], rendered: "", notice: null, base: String(++base), parts: true } as unknown as FileDiff;
    if (name === "stage_part" || name === "discard") {
      requests.push(args.request);
      if (refuse) throw refuse;
      return name === "discard" ? { id: "1", name: "0001" } : status();
    }
    if (name === "trash") return [];
    return name === "commit_suggestions" ? [] : status();
  }) as unknown as Call;
  const git = new Git(call);
  const changes = new Changes(call, git);
  return { requests, changes, call, parts: new Parts(changes, call, git) };
}

test("a hunk is staged by its lines, and chosen lines alone", async () => {
  const { requests, changes, parts } = repository();
  await changes.refresh();
  await parts.stage(parts.of(HUNK));
  expect(requests[0]).toEqual({ path: "a.md", staged: false, base: "1", spaces: "shown", lines: { removed: [2], added: [2, 3] } });

  const rows = wordRows(HUNK.lines);
  const changed = rows.find((row) => row.kind === "mod");
  expect(changed).toBeDefined();
  if (!changed) return;
  parts.toggle([changed], true);
  expect([parts.has(changed), parts.count, parts.of(HUNK)]).toEqual([true, 2, { removed: [2], added: [2] }]);
  parts.toggle([changed], false);
  expect(parts.of(HUNK)).toEqual({ removed: [2], added: [2, 3] });
});

test("a newer difference has nothing chosen", async () => {
  const { changes, parts } = repository();
  await changes.refresh();
  parts.toggle(lineRows(HUNK.lines), true);
  expect(parts.count).toBe(3);
  await changes.arrived();
  expect(parts.count).toBe(0);
});

test("what is refused is said, and the difference is read again", async () => {
  const { changes, parts } = repository(new HostError({ code: "conflict", message: "a.md has changed since it was shown", hint: null, path: null, line: null, details: null }));
  await changes.refresh();
  expect(await parts.stage(parts.of(HUNK))).toBe(false);
  expect(changes.actionError?.code).toBe("conflict");
  expect(await parts.discard(null)).toBeNull();
  expect(changes.diff?.base).not.toBe("1");
});

test("side by side a changed line stands beside what it was", () => {
  expect(pairRows(HUNK.lines).map(({ left, right }) => [left?.old ?? null, right?.new ?? null])).toEqual([[1, 1], [2, 2], [null, 3]]);
});

test("an empty list of what was discarded is a list", async () => {
  const { call } = repository();
  const trash = new Trash(call);
  await trash.refresh();
  expect([trash.items, trash.error, trash.loaded]).toEqual([[], null, true]);
});
