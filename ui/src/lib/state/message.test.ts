import { expect, test, vi } from "vitest";

import type { CommitRequest, GitStatus, LastCommit, MessageStart } from "../ipc/bindings";
import { HostError } from "../ipc/client";
import { Changes } from "./changes.svelte";
import type { Call } from "./editor.svelte";
import { Git } from "./git.svelte";

const LAST: LastCommit = { commit: "abc", message: "Acept it", pushed: true, stays: null };

function repository(start: Partial<MessageStart> = {}, refuse?: HostError) {
  const kept: string[] = [];
  const commits: CommitRequest[] = [];
  const at = { commit: "abc", suggestions: [] as string[] };
  const status = () => ({ branch: "main", files: [], last_commit: { commit: at.commit }, detached: false, operation: null, trust: { trusted: true, reasons: [] } }) as unknown as GitStatus;
  const call = (async (name: string, args: { message: string; request: CommitRequest }) => {
    if (name === "message_start") return { kept: null, template: null, help: null, interrupted: null, ...start };
    if (name === "keep_message") {
      start = { ...start, kept: args.message || null };
      return void kept.push(args.message);
    }
    if (name === "last_commit" || name === "undo_commit") return LAST;
    if (name === "commit_suggestions") return at.suggestions;
    if (name === "commit") {
      commits.push(args.request);
      if (refuse) throw refuse;
      return { commit: "def", subject: args.request.message, branch: "main", output: "" };
    }
    return status();
  }) as unknown as Call;
  return { kept, commits, at, changes: new Changes(call, new Git(call)) };
}

test("what was being written comes back, and no suggestion takes its place", async () => {
  const { changes } = repository({ kept: "Half a mess\n" });
  await changes.begin();
  await changes.refresh();
  expect(changes.message).toBe("Half a mess");
});

test("typing is kept after a pause, once", async () => {
  vi.useFakeTimers();
  const { changes, kept } = repository();
  changes.write("A");
  changes.write("Accept");
  expect(kept).toEqual([]);
  await vi.advanceTimersByTimeAsync(400);
  expect(kept).toEqual(["Accept"]);
  changes.write("for this one");
  changes.forget();
  await vi.advanceTimersByTimeAsync(400);
  expect(kept).toEqual(["Accept"]);
  vi.useRealTimers();
});

test("an untouched template is no message", async () => {
  const { changes, commits } = repository({ template: "Ticket:" });
  await changes.begin();
  await changes.refresh();
  await changes.amend(true);
  changes.message = "Ticket:";
  expect(await changes.commit({ amendPushed: true })).toBeNull();
  expect([changes.messageMissing, commits]).toEqual([true, []]);
});

test("amending takes the last message and may have nothing staged", async () => {
  const { changes, commits } = repository();
  await changes.refresh();
  expect(changes.blocked).toBe("nothing");
  await changes.amend(true);
  expect([changes.blocked, changes.message]).toEqual([null, "Acept it"]);
  changes.write("Accept it");
  await changes.commit({ amendPushed: true });
  expect(commits).toEqual([{ message: "Accept it", stage: [], trust: false, no_verify: false, amend: "abc", amend_pushed: true }]);
  expect([changes.amending, changes.message]).toEqual([null, ""]);
});

test("a refused commit leaves message and amending as they were; undoing gives the message back", async () => {
  const { changes } = repository({}, new HostError({ code: "hook-failed", message: "", hint: null, path: null, line: null, details: "no" }));
  await changes.refresh();
  await changes.amend(true);
  changes.write("Mine");
  expect(await changes.commit({ amendPushed: true })).toBeNull();
  expect([changes.message, changes.amending]).toEqual(["Mine", LAST]);
  changes.write("Acept it");
  await changes.undoCommit("abc");
  expect([changes.message, changes.amending, changes.givenWay]).toEqual(["Acept it", null, []]);
});

test("what became of a commit that was cut off is told until it was read", async () => {
  const { changes } = repository({ interrupted: "The commit “x” was interrupted" });
  await changes.begin();
  await changes.begin();
  expect(changes.kept.start?.interrupted).toContain("interrupted");
  changes.kept.seen();
  await changes.begin();
  expect(changes.kept.start?.interrupted).toBeNull();
});

test("undoing a commit leaves what is being written, and its own message can be had", async () => {
  const { changes, kept } = repository();
  await changes.refresh();
  changes.write("Half a thought");
  await changes.undoCommit("abc");
  expect([changes.message, changes.givenWay]).toEqual(["Half a thought", [{ from: "commit", text: "Acept it" }]]);
  await changes.kept.flush();
  expect(kept.at(-1)).toBe("Half a thought");
  changes.use("Acept it");
  expect([changes.message, changes.givenWay]).toEqual(["Acept it", [{ from: "written", text: "Half a thought" }]]);
  changes.use("Half a thought");
  expect(changes.message).toBe("Half a thought");
});

test("undoing the commit that is being amended loses neither its new words nor the draft before them", async () => {
  const { changes } = repository();
  await changes.refresh();
  changes.write("Half a thought");
  await changes.amend(true);
  changes.write("Accept it");
  await changes.undoCommit("abc");
  expect([changes.amending, changes.message]).toEqual([null, "Accept it"]);
  expect(changes.givenWay.map((other) => other.text)).toEqual(["Half a thought", "Acept it"]);
});

test("what was being written before a commit was amended is written on afterwards, and stays on disk meanwhile", async () => {
  const { changes, kept } = repository();
  await changes.refresh();
  changes.write("Half a thought");
  await changes.amend(true);
  changes.write("Accept it");
  await changes.kept.flush();
  expect(kept.at(-1)).toBe("Half a thought");
  await changes.commit({ amendPushed: true });
  expect([changes.message, changes.amending]).toEqual(["Half a thought", null]);
  await changes.kept.flush();
  expect(kept.at(-1)).toBe("Half a thought");
});

test("amending ends when another commit is the last one; its words can be had again", async () => {
  const { changes, commits, at } = repository();
  await changes.refresh();
  changes.write("Half a thought");
  await changes.amend(true);
  changes.write("Accept it");
  at.commit = "fff";
  await changes.refresh();
  expect([changes.amending, changes.amendingEnded, changes.message, changes.blocked]).toEqual([null, true, "Half a thought", "nothing"]);
  expect(changes.givenWay).toEqual([{ from: "written", text: "Accept it" }]);
  expect(commits).toEqual([]);
});

test("a suggestion that was chosen stays when one comes back, and no later one takes its place", async () => {
  const { changes, at } = repository({ kept: "An old draft" });
  at.suggestions = ["Accept ADR-0126", "Accept it"];
  await changes.begin();
  await changes.refresh();
  changes.use("Accept it");
  await changes.begin();
  expect(changes.message).toBe("Accept it");
  at.suggestions = ["Update 2 decisions"];
  await changes.refresh();
  expect([changes.message, changes.givenWay]).toEqual(["Accept it", [{ from: "written", text: "An old draft" }]]);
});
