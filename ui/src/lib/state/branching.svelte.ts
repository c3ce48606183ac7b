// Where one stands with branches and remotes, and the one thing git is busy with: what the top bar, the Changes screen and the
// dialogs share. What is done lies beside it: `syncing` (fetch, pull, push), `switching` (branches), `stashing`.
import { actions } from "../actions/actions.svelte";
import { t } from "../i18n/messages";
import { sentence } from "../i18n/plural";
import type { GitPlace, GitProgress, SyncKind } from "../ipc/bindings";
import { call as hostCall, type HostError, on, toHostError } from "../ipc/client";
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

/** Something for git to do. */
export interface Task<T> {
  readonly what: Running["what"];
  readonly run: () => Promise<T>;
  /** The same again, after the user trusted the repository. */
  readonly trusting?: () => unknown;
  /** Why an answer is a failure; asked when the repository was left meanwhile and nobody else will say so. */
  readonly failed?: (value: T) => string | null;
}

export class Branching {
  menuOpen = $state(false);
  /** What was done to a branch or stash and failed. */
  error = $state.raw<HostError | null>(null);
  trust = $state.raw<TrustQuestion | null>(null);

  readonly call: Call;
  #git: Git;
  #place = $state.raw<GitPlace | null>(null);
  #running = $state.raw<Running | null>(null);
  #asked = 0;
  /** Counts repositories: what ends in another one than it began in is not told as that one's. */
  #era = 0;
  #followers: ((place: GitPlace | null) => void)[] = [];

  constructor(call: Call = hostCall, git: Git = hostGit) {
    this.call = call;
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

  async listen(): Promise<void> {
    await on("git-progress", (progress) => {
      if (this.#running) this.#running = { ...this.#running, progress };
    });
  }

  /** Tells of each newer place, and with null that the repository is another one. */
  follow(follower: (place: GitPlace | null) => void): void {
    this.#followers.push(follower);
  }

  /** Another repository, or none. */
  forget(): void {
    this.#asked += 1;
    this.#era += 1;
    [this.#place, this.#running, this.error, this.trust] = [null, null, null, null];
    for (const follower of this.#followers) follower(null);
  }

  async refresh(): Promise<void> {
    const ticket = ++this.#asked;
    try {
      const place = await this.call("git_place");
      if (ticket !== this.#asked) return;
      this.#place = place;
      for (const follower of this.#followers) follower(place);
    } catch {
      // The status says why git cannot be read.
      if (ticket === this.#asked) this.#place = null;
    }
  }

  /** Runs one thing at a time; null when it failed, and why is kept. */
  async run<T>(task: Task<T>): Promise<{ value: T } | null> {
    if (this.#running) {
      this.busy();
      return null;
    }
    const era = this.#era;
    this.#running = { what: task.what, progress: null };
    this.error = null;
    let done: { value: T } | null = null;
    let error: HostError | null = null;
    try {
      done = { value: await task.run() };
    } catch (thrown) {
      error = toHostError(thrown);
    }
    if (era !== this.#era) {
      const why = error ? t.editor.because(error.message, error.hint) : done ? task.failed?.(done.value) : null;
      if (why) troubles.tell(t.branches.failedElsewhere, why);
      return null;
    }
    this.#running = null;
    if (error) this.#refused(error, task.trusting);
    await Promise.all([this.refresh(), this.#git.refresh()]);
    return era === this.#era ? done : null;
  }

  #refused(error: HostError, trusting: Task<unknown>["trusting"]): void {
    if (error.code !== "needs-trust" || !trusting) {
      this.failed(error);
      return;
    }
    const reasons = (error.details ?? "").split("\n").filter((line) => line !== "");
    this.trust = { reasons, agree: () => { this.trust = null; void trusting(); } };
  }

  failed(thrown: unknown): void {
    this.error = toHostError(thrown);
    announcer.alert(this.error.message);
    // The banner for it is in Changes and in the dialogs of branches.
    if (navigation.screen !== "changes" && navigation.dialog === null) troubles.tell(t.branches.failed, t.editor.because(this.error.message, this.error.hint));
  }

  /** Nothing that is asked for goes without a word. */
  busy(): void {
    const busy = sentence(t.branches.busy);
    toasts.show(busy, { tone: "info" });
    announcer.say(busy);
  }

  said(text: string, undo?: () => void): void {
    toasts.show(text, undo ? { action: { label: t.common.undo, keys: actions.keysOf("undo.last"), undoes: true, run: undo } } : {});
    announcer.say(text);
  }
}

export const branching = new Branching();
