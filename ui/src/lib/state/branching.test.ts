import { afterEach, expect, it } from "vitest";

import { forgetHost, host } from "../../test/host";
import type { GitPlace, SwitchPreview, SyncReply } from "../ipc/bindings";
import { HostError } from "../ipc/client";
import { Branching } from "./branching.svelte";
import { Git } from "./git.svelte";
import { Stashing } from "./stashing.svelte";
import { Switching } from "./switching.svelte";
import { Syncing } from "./syncing.svelte";
import { toasts } from "./toasts.svelte";
import { troubles } from "./troubles.svelte";

const PLACE: GitPlace = {
  branch: "main", head: "4f2c19e", default_branch: "main", shallow: false, operation: null, branches: [], remotes: [{ name: "origin", address: "https://example.org/x", forge: null }],
  remote: "origin", upstream: "origin/main", upstream_gone: false, ahead: 0, behind: 0, last_fetched: null, pull_rebases: null, stashes: [], worktrees: [],
};
const REPLY: SyncReply = { outcome: "done", said: "", command: "git push", remote: "origin", branch: "main", commits: 2, theirs: [], theirs_count: 0, theirs_tip: null, pull_request: null, stashed: false };

const PLAN = (branch: string): SwitchPreview => ({ branch, carried: ["a.md"], in_the_way: [], records: 0 });

function branching(answers: Parameters<typeof host>[0], place: Partial<GitPlace> = {}) {
  const calls = host({ git_place: () => ({ ...PLACE, ...place }), ...answers });
  const state = new Branching(undefined, new Git());
  const syncing = new Syncing(state);
  return { state, syncing, switching: new Switching(state, syncing), stashing: new Stashing(state, syncing), calls };
}

/** An answer that comes when the test says so. */
function later<T>() {
  let arrive: (value: T) => void = () => undefined;
  const answer = new Promise<T>((resolve) => (arrive = resolve));
  return { answer, arrive };
}
afterEach(() => {
  toasts.dismiss();
  troubles.clear();
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
  const { syncing } = branching({ sync: () => ({ ...REPLY, pull_request: "https://example.org/pr" }) });
  await syncing.sync("push");
  expect(toasts.current?.text).toBe("Pushed 2 commits to origin");
  expect(syncing.pushed?.url).toBe("https://example.org/pr");
  expect(syncing.ended).toBeNull();
});

it("keeps why a push did not go, and a stop is no failure", async () => {
  const { syncing } = branching({ sync: () => ({ ...REPLY, outcome: "offline" as const }) });
  await syncing.sync("fetch");
  expect([syncing.ended?.outcome, syncing.offline]).toEqual(["offline", true]);
  const stopped = branching({ sync: () => ({ ...REPLY, outcome: "cancelled" as const }) });
  await stopped.syncing.sync("push");
  expect(stopped.syncing.ended).toBeNull();
});

it("asks for trust and goes on after it", async () => {
  let trusted = false;
  const { state, syncing, calls } = branching({
    sync: ({ request }) => {
      if (!request.trust) throw { code: "needs-trust", message: "no", hint: null, path: null, line: null, details: "hook pre-push\ncore.sshcommand" };
      trusted = true;
      return REPLY;
    },
  });
  await syncing.sync("push");
  expect(state.trust?.reasons).toEqual(["hook pre-push", "core.sshcommand"]);
  state.trust?.agree();
  await expect.poll(() => trusted).toBe(true);
  expect(calls.filter(({ name }) => name === "sync")).toHaveLength(2);
});

it("switches at once where nothing is carried along, and asks where something is", async () => {
  const plan = { branch: "topic", carried: [] as string[], in_the_way: [], records: 0 };
  const free = branching({ plan_switch: () => plan, switch_branch: () => null });
  await free.switching.ask("topic");
  expect(free.calls.some(({ name }) => name === "switch_branch")).toBe(true);
  const full = branching({ plan_switch: () => ({ ...plan, carried: ["a.md"] }), switch_branch: () => null });
  await full.switching.ask("topic");
  expect(full.switching.plan?.carried).toEqual(["a.md"]);
  expect(full.calls.some(({ name }) => name === "switch_branch")).toBe(false);
});

it("brings a deleted branch back from the toast", async () => {
  const deleted = { name: "topic", commit: "abc", upstream: null, only_here: 1 };
  const { switching, calls } = branching({ delete_branch: () => deleted, restore_branch: () => null });
  await switching.delete("topic");
  expect(toasts.current?.text).toBe("Deleted topic, the only one with 1 commit");
  toasts.current?.action?.run();
  await expect.poll(() => calls.find(({ name }) => name === "restore_branch")?.args).toEqual({ deleted });
});

it("keeps an error as the host said it", async () => {
  const { state, switching } = branching({ plan_switch: () => { throw { code: "not-found", message: "there is no branch x", hint: null, path: null, line: null, details: null }; } });
  await switching.ask("x");
  expect(state.error).toBeInstanceOf(HostError);
});

it("follows the last choice, whichever answer comes first", async () => {
  const first = later<SwitchPreview>();
  const { state, switching, calls } = branching({ plan_switch: ({ branch }) => (branch === "slow" ? first.answer : PLAN(branch)), switch_branch: () => null });
  const slow = switching.ask("slow");
  await switching.ask("quick");
  first.arrive(PLAN("slow"));
  await slow;
  expect(switching.plan?.branch).toBe("quick");
  // Nor does an answer that comes after a failure, or after one was made, open a question.
  const second = later<SwitchPreview>();
  const made = branching({ plan_switch: () => second.answer, create_branch: () => null });
  const asked = made.switching.ask("slow");
  await made.switching.create("mine", null);
  second.arrive(PLAN("slow"));
  await asked;
  expect([made.switching.plan, state.error, calls.some(({ name }) => name === "switch_branch")]).toEqual([null, null, false]);
});

it("tells nothing of what ends in a repository that was left as of the one that is open", async () => {
  const push = later<SyncReply>();
  const { state, syncing, switching } = branching({ sync: () => push.answer, rename_branch: () => null });
  const pushing = syncing.sync("push");
  expect(state.running?.what).toBe("push");
  state.forget();
  expect(state.running).toBeNull();
  // The other repository may be worked in at once.
  expect(await switching.rename("a", "b")).toBe(true);
  push.arrive({ ...REPLY, outcome: "rejected", said: "! [rejected] main" });
  await pushing;
  expect([syncing.ended, toasts.current?.text]).toEqual([null, "Renamed to b"]);
  expect(troubles.list).toEqual([{ lead: "git did not do it in the repository you left.", text: "! [rejected] main" }]);
});

it("does not end the run of the repository that is open when the one of another ends", async () => {
  const [old, now] = [later<SyncReply>(), later<SyncReply>()];
  let asked = 0;
  const { state, syncing } = branching({ sync: () => (++asked === 1 ? old.answer : now.answer) });
  const left = syncing.sync("fetch");
  state.forget();
  const fetching = syncing.sync("fetch");
  old.arrive(REPLY);
  await left;
  expect([state.running?.what, toasts.current]).toEqual(["fetch", null]);
  now.arrive({ ...REPLY, commits: 1 });
  await fetching;
  expect([state.running, toasts.current?.text]).toEqual([null, "Fetched 1 new commit from origin"]);
});

it("brings a dropped stash back from the toast", async () => {
  const { stashing, calls } = branching({ drop_stash: () => null, restore_stash: () => null });
  expect(await stashing.drop("abc", "Before switching")).toBe(true);
  toasts.current?.action?.run();
  await expect.poll(() => calls.find(({ name }) => name === "restore_stash")?.args).toEqual({ commit: "abc", message: "Before switching" });
});

it("says what of a stash met changes of here", async () => {
  const met = { conflicts: ["a.md"], in_the_way: ["b.txt"] };
  const { state, stashing } = branching({ apply_stash: () => met });
  await stashing.apply("1234567");
  expect(stashing.met).toEqual(met);
  expect(state.error).toBeNull();
  expect(toasts.current).toBeNull();
  const { stashing: clean } = branching({ apply_stash: () => ({ conflicts: [], in_the_way: [] }) });
  await clean.apply("1234567");
  expect(clean.met).toBeNull();
});
