// What is put aside: saved, brought back, dropped with the way back in the toast.
import { t } from "../i18n/messages";
import type { StashReply } from "../ipc/bindings";
import { announcer } from "./announcer.svelte";
import { type Branching, branching as hostBranching } from "./branching.svelte";
import { navigation } from "./navigation.svelte";
import { type Syncing, syncing as hostSyncing } from "./syncing.svelte";

export class Stashing {
  /** What of a stash met changes of here; it is kept. */
  met = $state.raw<StashReply | null>(null);

  #branching: Branching;
  #syncing: Syncing;

  constructor(branching: Branching = hostBranching, syncing: Syncing = hostSyncing) {
    [this.#branching, this.#syncing] = [branching, syncing];
    branching.follow((place) => {
      if (place === null) this.met = null;
    });
  }

  async save(message: string, trust = false): Promise<void> {
    const done = await this.#branching.run({
      what: "stash",
      run: () => this.#branching.call("save_stash", { message, trust }),
      trusting: () => this.save(message, true),
    });
    const newest = this.#branching.place?.stashes[0];
    if (done !== null) this.#branching.said(t.branches.done.stashed, newest ? () => void this.apply(newest.commit, true) : undefined);
  }

  async apply(commit: string, pop = false, trust = false): Promise<void> {
    const done = await this.#branching.run({
      what: "stash",
      run: () => this.#branching.call("apply_stash", { commit, pop, trust }),
      trusting: () => this.apply(commit, pop, true),
    });
    if (done === null) return;
    this.#syncing.asideLeft = false;
    const met = done.value;
    this.met = met.conflicts.length + met.in_the_way.length > 0 ? met : null;
    if (this.met === null) {
      this.#branching.said(t.branches.done.applied);
      return;
    }
    announcer.alert(t.branches.stashMet.lead(met.conflicts, met.in_the_way));
    // The conflicts are settled in Changes, where the notice stands.
    navigation.closeDialog();
    if (navigation.screen !== "changes") void navigation.go({ screen: "changes", path: null });
  }

  /** True when it is gone. */
  async drop(commit: string, message: string, trust = false): Promise<boolean> {
    const done = await this.#branching.run({
      what: "stash",
      run: () => this.#branching.call("drop_stash", { commit, trust }),
      trusting: () => this.drop(commit, message, true),
    });
    if (done !== null) this.#branching.said(t.branches.done.dropped, () => void this.#bringBack(commit, message));
    return done !== null;
  }

  async #bringBack(commit: string, message: string): Promise<void> {
    await this.#branching.run({ what: "stash", run: () => this.#branching.call("restore_stash", { commit, message }) });
  }
}

export const stashing = new Stashing();
