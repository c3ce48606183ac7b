// Two versions of a record, chosen by the reader, and what differs between them.
import type { FileDiff, HistoryItem } from "../ipc/bindings";
import { call as hostCall, toHostError, type HostError } from "../ipc/client";
import { changes } from "./changes.svelte";
import type { Call } from "./editor.svelte";

export class Comparing {
  #call: Call;
  #run = 0;
  readonly path: string;
  old = $state("");
  new = $state("worktree");
  items = $state.raw<readonly HistoryItem[]>([]);
  accepted = $state.raw<HistoryItem | null>(null);
  diff = $state.raw<FileDiff | null>(null);
  error = $state.raw<HostError | null>(null);

  constructor(path: string, old: string, call: Call = hostCall) {
    this.#call = call;
    this.path = path;
    this.old = old;
  }

  async load(): Promise<void> {
    try {
      [this.items, this.accepted] = await Promise.all([this.#call("history", { path: this.path }), this.#call("accepted_in", { path: this.path })]);
    } catch (thrown) {
      this.error = toHostError(thrown);
      return;
    }
    await this.choose(this.old, this.new);
  }

  async choose(old: string, next: string): Promise<void> {
    [this.old, this.new] = [old, next];
    const run = ++this.#run;
    try {
      const diff = await this.#call("compare_versions", { path: this.path, old, new: next, spaces: changes.spaces.value });
      if (run === this.#run) [this.diff, this.error] = [diff, null];
    } catch (thrown) {
      if (run === this.#run) [this.diff, this.error] = [null, toHostError(thrown)];
    }
  }
}
