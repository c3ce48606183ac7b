// Branches, remotes and what is under way: one value for the top bar, the Changes screen and the dialogs. Whoever does
// something here gets told in a toast; what stopped a push or a pull stays as a value until it is settled.
import type { DeletedBranch, GitPlace, GitProgress, OperationStep, StashReply, SwitchPreview, SyncKind, SyncReply } from "../ipc/bindings";
import { call as hostCall, type HostError, on, toHostError } from "../ipc/client";
import { actions } from "../actions/actions.svelte";
import { t } from "../i18n/messages";
import { sentence } from "../i18n/plural";
import { announcer } from "./announcer.svelte";
import type { Call } from "./editor.svelte";
import { type Git, git as hostGit } from "./git.svelte";
import { navigation } from "./navigation.svelte";
import { toasts } from "./toasts.svelte";
import { troubles } from "./troubles.svelte";

/** What git is busy with, by the words of `t.branches.running`. */
export interface Running {
  readonly what: SyncKind | "switch" | "step" | "stash" | "clone";
  readonly progress: GitProgress | null;
}

/** A question of trust, and what goes on after it. */
export interface TrustQuestion {
  readonly reasons: readonly string[];
  readonly agree: () => void;
}

/** What the top bar offers. */
export type Offer = { kind: "push" | "pull" | "publish"; count: number } | { kind: "remote" } | null;

export class Branching {
  menuOpen = $state(false);
  /** Why the last fetch, pull or push did not do it; null when it did. */
  ended = $state.raw<SyncReply | null>(null);
  /** What was done to a branch or stash and failed. */
  error = $state.raw<HostError | null>(null);
  /** What was pushed, with the page that opens a pull request. */
  pushed = $state.raw<{ remote: string; branch: string; url: string } | null>(null);
  trust = $state.raw<TrustQuestion | null>(null);
  /** Asked before a switch that has something to carry along. */
  switching = $state.raw<SwitchPreview | null>(null);
  /** Uncommitted changes could not be put back after a pull. */
  asideLeft = $state(false);
  /** What of a stash met changes of here; it is kept. */
  stashMet = $state.raw<StashReply | null>(null);

  #call: Call;
  #git: Git;
  #place = $state.raw<GitPlace | null>(null);
  #running = $state.raw<Running | null>(null);
  #asked = 0;

  constructor(call: Call = hostCall, git: Git = hostGit) {
    this.#call = call;
    this.#git = git;
  }

  get place(): GitPlace | null {
    return this.#place;
  }
  get running(): Running | null {
    return this.#running;
  }

  readonly offer: Offer = $derived.by(() => {
    const place = this.#place;
    if (place === null || place.head === null || place.operation !== null) return null;
    if (place.remotes.length === 0) return { kind: "remote" };
    if (place.branch === null) return null;
    if (place.upstream === null || place.upstream_gone) return { kind: "publish", count: place.ahead };
    if (place.behind > 0) return { kind: "pull", count: place.behind };
    return place.ahead > 0 ? { kind: "push", count: place.ahead } : null;
  });
  /** The other side could not be reached when it was asked last. */
  readonly offline = $derived(this.ended?.outcome === "offline");

  async listen(): Promise<void> {
    await on("git-progress", (progress) => {
      if (this.#running) this.#running = { ...this.#running, progress };
    });
  }

  /** Another repository, or none. */
  forget(): void {
    this.#asked += 1;
    [this.#place, this.ended, this.error, this.pushed] = [null, null, null, null];
    [this.trust, this.switching, this.asideLeft, this.stashMet] = [null, null, false, null];
  }

  async refresh(): Promise<void> {
    const ticket = ++this.#asked;
    try {
      const place = await this.#call("git_place");
      if (ticket !== this.#asked) return;
      this.#place = place;
      // A push that is possible again needs no banner that it was not.
      if (this.ended?.outcome === "conflicts" && place.operation === null) this.ended = null;
      // What was said of one branch is not done to another.
      if (this.ended?.branch != null && this.ended.branch !== place.branch && place.operation === null) this.ended = null;
      if (this.pushed && this.pushed.branch !== place.branch) this.pushed = null;
    } catch {
      // The status says why git cannot be read.
      if (ticket === this.#asked) this.#place = null;
    }
  }

  cancel(): void {
    void this.#call("cancel_git");
  }

  // ---- fetch, pull, push ---------------------------------------------------------------------------------------

  /** Pull as the user's settings say, else by a rebase: that keeps a log without knots. */
  pull(): Promise<void> {
    return this.sync(this.#place?.pull_rebases === false ? "pull-merge" : "pull-rebase");
  }

  async sync(kind: SyncKind, options: { trust?: boolean; expected?: string } = {}): Promise<void> {
    if (this.#running) return this.#busy();
    const expected = options.expected ?? null;
    const ran = await this.#run(kind, () => this.#call("sync", { request: { kind, trust: options.trust ?? false, expected } }), () => this.sync(kind, { ...options, trust: true }));
    if (ran === null) return;
    const reply = ran.value;
    this.asideLeft = reply.stashed;
    const words = t.branches.done;
    if (reply.outcome === "cancelled") {
      this.ended = null;
      toasts.show(words.cancelled, { tone: "info" });
      return;
    }
    if (reply.outcome !== "done") {
      this.ended = reply;
      this.pushed = null;
      announcer.alert(kind === "push" && reply.outcome === "rejected" ? t.branches.rejected.lead : reply.said.split("\n")[0] ?? "");
      if (reply.outcome !== "offline" && navigation.screen !== "changes") void navigation.go({ screen: "changes", path: null });
      return;
    }
    this.ended = null;
    const pushes = kind === "push" || kind === "push-over";
    const said = pushes ? words.pushed(reply.commits, reply.remote) : kind.startsWith("pull") ? words.pulled(reply.commits) : words.fetched(reply.commits, reply.remote);
    if (pushes) this.pushed = reply.pull_request === null ? null : { remote: reply.remote, branch: this.#place?.branch ?? reply.branch ?? "", url: reply.pull_request };
    this.#said(said);
  }

  /** Where git can ask what it wants to know. */
  async openTerminal(): Promise<void> {
    try {
      await this.#call("open_terminal");
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  // ---- branches ------------------------------------------------------------------------------------------------

  /** Switches at once where nothing has to be carried along; else it is asked first. */
  async ask(branch: string): Promise<void> {
    if (branch === this.#place?.branch) return;
    try {
      const plan = await this.#call("plan_switch", { branch });
      if (plan.carried.length === 0) await this.switchTo(branch, false);
      else this.switching = { ...plan, branch };
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  async switchTo(branch: string, stash: boolean, trust = false): Promise<void> {
    this.switching = null;
    const done = await this.#run("switch", () => this.#call("switch_branch", { request: { branch, stash, trust } }), () => this.switchTo(branch, stash, true));
    if (done !== null) this.#said(t.branches.done.switched(this.#localName(branch)));
  }

  #localName(branch: string): string {
    const remote = this.#place?.branches.find((item) => item.name === branch)?.remote ?? null;
    return remote === null ? branch : branch.slice(remote.length + 1);
  }

  async create(name: string, from: string | null, moves = false, trust = false): Promise<boolean> {
    const done = await this.#run("switch", () => this.#call("create_branch", { request: { name, from, moves, trust } }), () => this.create(name, from, moves, true));
    if (done !== null && moves) this.ended = null;
    if (done !== null) this.#said(t.branches.done.created(name));
    return done !== null;
  }

  async rename(old: string, name: string): Promise<boolean> {
    const done = await this.#run("switch", () => this.#call("rename_branch", { old, new: name }));
    if (done !== null) this.#said(t.branches.done.renamed(name), () => void this.rename(name, old));
    return done !== null;
  }

  async delete(name: string): Promise<void> {
    const deleted = await this.#run("switch", () => this.#call("delete_branch", { name }));
    if (deleted !== null) this.#said(t.branches.done.deleted(name, deleted.value.only_here), () => void this.#restore(deleted.value));
  }

  async #restore(deleted: DeletedBranch): Promise<void> {
    if ((await this.#run("switch", () => this.#call("restore_branch", { deleted }))) !== null) this.#said(t.branches.done.created(deleted.name));
  }

  async addRemote(name: string, address: string): Promise<boolean> {
    const done = await this.#run("switch", () => this.#call("add_remote", { name, address }));
    if (done !== null) this.#said(t.branches.done.remoteAdded(name));
    return done !== null;
  }

  /** The commits that a protected branch does not take go to a branch of their own. */
  moveToBranch(): void {
    navigation.openDialog({ name: "new-branch", moves: true });
  }

  // ---- what is under way ---------------------------------------------------------------------------------------

  async step(step: OperationStep, trust = false): Promise<void> {
    const kind = this.#place?.operation?.kind ?? "merge";
    const done = await this.#run("step", () => this.#call("step_operation", { step, trust }), () => this.step(step, true));
    if (done === null) return;
    this.ended = null;
    if (step === "abort") this.#said(t.branches.done.aborted(t.branches.operation.kinds[kind] ?? kind));
    else if (this.#place?.operation === null) this.#said(t.branches.done.stepped);
  }

  // ---- stashes -------------------------------------------------------------------------------------------------

  async saveStash(message: string, trust = false): Promise<void> {
    const done = await this.#run("stash", () => this.#call("save_stash", { message, trust }), () => this.saveStash(message, true));
    const newest = this.#place?.stashes[0];
    if (done !== null) this.#said(t.branches.done.stashed, newest ? () => void this.applyStash(newest.commit, true) : undefined);
  }

  async applyStash(commit: string, pop = false, trust = false): Promise<void> {
    const done = await this.#run("stash", () => this.#call("apply_stash", { commit, pop, trust }), () => this.applyStash(commit, pop, true));
    if (done === null) return;
    this.asideLeft = false;
    const met = done.value;
    this.stashMet = met.conflicts.length + met.in_the_way.length > 0 ? met : null;
    if (this.stashMet === null) return this.#said(t.branches.done.applied);
    announcer.alert(t.branches.stashMet.lead(met.conflicts, met.in_the_way));
    // The conflicts are settled in Changes, where the notice stands.
    navigation.closeDialog();
    if (navigation.screen !== "changes") void navigation.go({ screen: "changes", path: null });
  }

  async dropStash(commit: string, message: string, trust = false): Promise<void> {
    const done = await this.#run("stash", () => this.#call("drop_stash", { commit, trust }), () => this.dropStash(commit, message, true));
    if (done !== null) this.#said(t.branches.done.dropped, () => void this.#bringStashBack(commit, message));
  }

  async #bringStashBack(commit: string, message: string): Promise<void> {
    await this.#run("stash", () => this.#call("restore_stash", { commit, message }));
  }

  // --------------------------------------------------------------------------------------------------------------

  /** Runs one thing at a time; null when it failed, and why is kept. */
  async #run<T>(what: Running["what"], run: () => Promise<T>, trusting?: () => unknown): Promise<{ value: T } | null> {
    if (this.#running) {
      this.#busy();
      return null;
    }
    this.#running = { what, progress: null };
    this.error = null;
    try {
      return { value: await run() };
    } catch (thrown) {
      const error = toHostError(thrown);
      if (error.code === "needs-trust" && trusting) {
        this.trust = { reasons: (error.details ?? "").split("\n").filter((line) => line !== ""), agree: () => { this.trust = null; void trusting(); } };
      } else this.#failed(error);
      return null;
    } finally {
      this.#running = null;
      await Promise.all([this.refresh(), this.#git.refresh()]);
    }
  }

  #failed(thrown: unknown): void {
    this.error = toHostError(thrown);
    announcer.alert(this.error.message);
    // The banner for it is in Changes and in the dialogs of branches.
    if (navigation.screen !== "changes" && navigation.dialog === null) troubles.tell(t.branches.failed, t.editor.because(this.error.message, this.error.hint));
  }

  /** Nothing that is asked for goes without a word. */
  #busy(): void {
    const busy = sentence(t.branches.busy);
    toasts.show(busy, { tone: "info" });
    announcer.say(busy);
  }

  #said(text: string, undo?: () => void): void {
    toasts.show(text, undo ? { action: { label: t.common.undo, keys: actions.keysOf("undo.last"), undoes: true, run: undo } } : {});
    announcer.say(text);
  }
}

export const branching = new Branching();
