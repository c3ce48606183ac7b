// Fetch, pull and push, and what a merge or rebase under way needs next. What stopped one stays as a value until it is settled.
import { t } from "../i18n/messages";
import type { GitPlace, OperationStep, SyncKind, SyncReply } from "../ipc/bindings";
import { announcer } from "./announcer.svelte";
import { type Branching, branching as hostBranching } from "./branching.svelte";
import { navigation } from "./navigation.svelte";
import { toasts } from "./toasts.svelte";

export class Syncing {
  /** Why the last fetch, pull or push did not do it; null when it did. */
  ended = $state.raw<SyncReply | null>(null);
  /** What was pushed, with the page that opens a pull request. */
  pushed = $state.raw<{ remote: string; branch: string; url: string } | null>(null);
  /** Uncommitted changes could not be put back after a pull. */
  asideLeft = $state(false);

  #branching: Branching;

  constructor(branching: Branching = hostBranching) {
    this.#branching = branching;
    branching.follow((place) => { this.#follow(place); });
  }

  /** The other side could not be reached when it was asked last. */
  readonly offline = $derived(this.ended?.outcome === "offline");

  #follow(place: GitPlace | null): void {
    if (place === null) {
      [this.ended, this.pushed, this.asideLeft] = [null, null, false];
      return;
    }
    // A push that is possible again needs no banner that it was not.
    if (this.ended?.outcome === "conflicts" && place.operation === null) this.ended = null;
    // What was said of one branch is not done to another.
    if (this.ended?.branch != null && this.ended.branch !== place.branch && place.operation === null) this.ended = null;
    if (this.pushed && this.pushed.branch !== place.branch) this.pushed = null;
  }

  cancel(): void {
    void this.#branching.call("cancel_git");
  }

  /** Pull as the user's settings say, else by a rebase: that keeps a log without knots. */
  pull(): Promise<void> {
    return this.sync(this.#branching.place?.pull_rebases === false ? "pull-merge" : "pull-rebase");
  }

  async sync(kind: SyncKind, options: { trust?: boolean; expected?: string } = {}): Promise<void> {
    const ran = await this.#branching.run({
      what: kind,
      run: () => this.#branching.call("sync", { request: { kind, trust: options.trust ?? false, expected: options.expected ?? null } }),
      trusting: () => this.sync(kind, { ...options, trust: true }),
      failed: (reply) => (["done", "cancelled"].includes(reply.outcome) ? null : reply.said),
    });
    if (ran !== null) this.#tell(kind, ran.value);
  }

  #tell(kind: SyncKind, reply: SyncReply): void {
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
    if (pushes) this.pushed = reply.pull_request === null ? null : { remote: reply.remote, branch: this.#branching.place?.branch ?? reply.branch ?? "", url: reply.pull_request };
    this.#branching.said(said);
  }

  /** Where git can ask what it wants to know. */
  async openTerminal(): Promise<void> {
    try {
      await this.#branching.call("open_terminal");
    } catch (thrown) {
      this.#branching.failed(thrown);
    }
  }

  /** Goes on with, skips a step of, or aborts what is under way. */
  async step(step: OperationStep, trust = false): Promise<void> {
    const kind = this.#branching.place?.operation?.kind ?? "merge";
    const done = await this.#branching.run({
      what: "step",
      run: () => this.#branching.call("step_operation", { step, trust }),
      trusting: () => this.step(step, true),
    });
    if (done === null) return;
    this.ended = null;
    if (step === "abort") this.#branching.said(t.branches.done.aborted(t.branches.operation.kinds[kind] ?? kind));
    else if (this.#branching.place?.operation === null) this.#branching.said(t.branches.done.stepped);
  }
}

export const syncing = new Syncing();
