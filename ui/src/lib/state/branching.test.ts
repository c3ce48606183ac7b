import { afterEach, expect, it } from "vitest";

import { forgetHost, host } from "../../test/host";
import type { GitPlace, SyncReply } from "../ipc/bindings";
import { HostError } from "../ipc/client";
import { Branching } from "./branching.svelte";
import { Git } from "./git.svelte";
import { toasts } from "./toasts.svelte";

const PLACE: GitPlace = {
  branch: "main", head: "4f2c19e", default_branch: "main", shallow: false, operation: null, branches: [], remotes: [{ name: "origin", address: "https://example.org/x", forge: null }],
  remote: "origin", upstream: "origin/main", upstream_gone: false, ahead: 0, behind: 0, last_fetched: null, pull_rebases: null, stashes: [], worktrees: [],
};
const REPLY: SyncReply = { outcome: "done", said: "", command: "git push", remote: "origin", branch: "main", commits: 2, theirs: [], theirs_count: 0, theirs_tip: null, pull_request: null, stashed: false };

function branching(answers: Parameters<typeof host>[0], place: Partial<GitPlace> = {}) {
  const calls = host({ git_place: () => ({ ...PLACE, ...place }), ...answers });
  return { state: new Branching(undefined, new Git()), calls };
}
afterEach(() => {
  toasts.dismiss();
  return () => { forgetHost(); };
});

it("offers what the branch needs next", async () => {
  const offer = async (place: Partial<GitPlace>) => {
    const { state } = branching({}, place);
    await state.refresh();
    return state.offer;
  };
  expect(await offer({})).toBeNull();
  expect(await offer({ ahead: 2 })).toEqual({ kind: "push", count: 2 });
  expect(await offer({ ahead: 2, behind: 1 })).toEqual({ kind: "pull", count: 1 });
  expect(await offer({ upstream: null, ahead: 3 })).toEqual({ kind: "publish", count: 3 });
  expect(await offer({ remotes: [] })).toEqual({ kind: "remote" });
  expect(await offer({ head: null })).toBeNull();
  expect(await offer({ branch: null, ahead: 2 })).toBeNull();
  expect(await offer({ ahead: 2, operation: { kind: "merge", done: 0, all: 0, theirs: null, ours: null, conflicts: [] } })).toBeNull();
});

it("says what was pushed and keeps the page for a pull request while one stands there", async () => {
  const { state } = branching({ sync: () => ({ ...REPLY, pull_request: "https://example.org/pr" }) });
  await state.sync("push");
  expect(toasts.current?.text).toBe("Pushed 2 commits to origin");
  expect(state.pushed?.url).toBe("https://example.org/pr");
  expect(state.ended).toBeNull();
});

it("keeps why a push did not go, and a stop is no failure", async () => {
  const { state } = branching({ sync: () => ({ ...REPLY, outcome: "offline" as const }) });
  await state.sync("fetch");
  expect([state.ended?.outcome, state.offline]).toEqual(["offline", true]);
  const stopped = branching({ sync: () => ({ ...REPLY, outcome: "cancelled" as const }) });
  await stopped.state.sync("push");
  expect(stopped.state.ended).toBeNull();
});

it("asks for trust and goes on after it", async () => {
  let trusted = false;
  const { state, calls } = branching({
    sync: ({ request }) => {
      if (!request.trust) throw { code: "needs-trust", message: "no", hint: null, path: null, line: null, details: "hook pre-push\ncore.sshcommand" };
      trusted = true;
      return REPLY;
    },
  });
  await state.sync("push");
  expect(state.trust?.reasons).toEqual(["hook pre-push", "core.sshcommand"]);
  state.trust?.agree();
  await expect.poll(() => trusted).toBe(true);
  expect(calls.filter(({ name }) => name === "sync")).toHaveLength(2);
});

it("switches at once where nothing is carried along, and asks where something is", async () => {
  const plan = { branch: "topic", carried: [] as string[], in_the_way: [], records: 0 };
  const free = branching({ plan_switch: () => plan, switch_branch: () => null });
  await free.state.ask("topic");
  expect(free.calls.some(({ name }) => name === "switch_branch")).toBe(true);
  const full = branching({ plan_switch: () => ({ ...plan, carried: ["a.md"] }), switch_branch: () => null });
  await full.state.ask("topic");
  expect(full.state.switching?.carried).toEqual(["a.md"]);
  expect(full.calls.some(({ name }) => name === "switch_branch")).toBe(false);
});

it("brings a deleted branch back from the toast", async () => {
  const deleted = { name: "topic", commit: "abc", upstream: null, only_here: 1 };
  const { state, calls } = branching({ delete_branch: () => deleted, restore_branch: () => null });
  await state.delete("topic");
  expect(toasts.current?.text).toBe("Deleted topic, the only one with 1 commit");
  toasts.current?.action?.run();
  await expect.poll(() => calls.find(({ name }) => name === "restore_branch")?.args).toEqual({ deleted });
});

it("keeps an error as the host said it", async () => {
  const { state } = branching({ plan_switch: () => { throw { code: "not-found", message: "there is no branch x", hint: null, path: null, line: null, details: null }; } });
  await state.ask("x");
  expect(state.error).toBeInstanceOf(HostError);
});

it("says what of a stash met changes of here", async () => {
  const met = { conflicts: ["a.md"], in_the_way: ["b.txt"] };
  const { state } = branching({ apply_stash: () => met });
  await state.applyStash("1234567");
  expect(state.stashMet).toEqual(met);
  expect(state.error).toBeNull();
  expect(toasts.current).toBeNull();
  const { state: clean } = branching({ apply_stash: () => ({ conflicts: [], in_the_way: [] }) });
  await clean.applyStash("1234567");
  expect(clean.stashMet).toBeNull();
});
