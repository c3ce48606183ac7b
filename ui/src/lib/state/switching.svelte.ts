// Branches: switching with the question what comes along, making, renaming, deleting with the way back; and remotes.
import { t } from "../i18n/messages";
import type { DeletedBranch, SwitchPreview } from "../ipc/bindings";
import { type Branching, branching as hostBranching } from "./branching.svelte";
import { navigation } from "./navigation.svelte";
import { type Syncing, syncing as hostSyncing } from "./syncing.svelte";

export class Switching {
  /** Asked before a switch that has something to carry along. */
  plan = $state.raw<SwitchPreview | null>(null);

  #branching: Branching;
  #syncing: Syncing;
  /** Counts choices: the answer to an earlier one does not overtake the last. */
  #choice = 0;

  constructor(branching: Branching = hostBranching, syncing: Syncing = hostSyncing) {
    [this.#branching, this.#syncing] = [branching, syncing];
    branching.follow((place) => {
      if (place === null) this.leave();
    });
  }

  /** No branch is chosen any more. */
  leave(): void {
    this.#choice += 1;
    this.plan = null;
  }

  /** Switches at once where nothing has to be carried along; else it is asked first. */
  async ask(branch: string): Promise<void> {
    this.leave();
    const choice = this.#choice;
    if (branch === this.#branching.place?.branch) return;
    if (this.#branching.running) {
      this.#branching.busy();
      return;
    }
    try {
      const plan = await this.#branching.call("plan_switch", { branch });
      if (choice !== this.#choice) return;
      if (plan.carried.length === 0) await this.switchTo(branch, false);
      else this.plan = { ...plan, branch };
    } catch (thrown) {
      if (choice === this.#choice) this.#branching.failed(thrown);
    }
  }

  async switchTo(branch: string, stash: boolean, trust = false): Promise<void> {
    this.leave();
    const done = await this.#branching.run({
      what: "switch",
      run: () => this.#branching.call("switch_branch", { request: { branch, stash, trust } }),
      trusting: () => this.switchTo(branch, stash, true),
    });
    if (done !== null) this.#branching.said(t.branches.done.switched(this.#localName(branch)));
  }

  #localName(branch: string): string {
    const remote = this.#branching.place?.branches.find((item) => item.name === branch)?.remote ?? null;
    return remote === null ? branch : branch.slice(remote.length + 1);
  }

  async create(name: string, from: string | null, moves = false, trust = false): Promise<boolean> {
    this.leave();
    const done = await this.#branching.run({
      what: "switch",
      run: () => this.#branching.call("create_branch", { request: { name, from, moves, trust } }),
      trusting: () => this.create(name, from, moves, true),
    });
    if (done !== null && moves) this.#syncing.ended = null;
    if (done !== null) this.#branching.said(t.branches.done.created(name));
    return done !== null;
  }

  async rename(old: string, name: string): Promise<boolean> {
    const done = await this.#branching.run({ what: "switch", run: () => this.#branching.call("rename_branch", { old, new: name }) });
    if (done !== null) this.#branching.said(t.branches.done.renamed(name), () => void this.rename(name, old));
    return done !== null;
  }

  /** True when it is gone, with the way back in the toast. */
  async delete(name: string): Promise<boolean> {
    const deleted = await this.#branching.run({ what: "switch", run: () => this.#branching.call("delete_branch", { name }) });
    if (deleted !== null) this.#branching.said(t.branches.done.deleted(name, deleted.value.only_here), () => void this.#restore(deleted.value));
    return deleted !== null;
  }

  async #restore(deleted: DeletedBranch): Promise<void> {
    const done = await this.#branching.run({ what: "switch", run: () => this.#branching.call("restore_branch", { deleted }) });
    if (done !== null) this.#branching.said(t.branches.done.created(deleted.name));
  }

  async addRemote(name: string, address: string): Promise<boolean> {
    const done = await this.#branching.run({ what: "switch", run: () => this.#branching.call("add_remote", { name, address }) });
    if (done !== null) this.#branching.said(t.branches.done.remoteAdded(name));
    return done !== null;
  }

  /** The commits that a protected branch does not take go to a branch of their own. */
  moveToBranch(): void {
    navigation.openDialog({ name: "new-branch", moves: true });
  }
}

export const switching = new Switching();
