// The log of the whole repository as its dialog shows it: pages of commits, the chosen one, and what it changed in one record.
import type { FileDiff, LogItem } from "../ipc/bindings";
import { call as hostCall, type HostError, toHostError } from "../ipc/client";
import type { Call } from "./editor.svelte";

export class RepositoryLog {
  items = $state.raw<readonly LogItem[]>([]);
  at = $state(0);
  path = $state<string | null>(null);
  diff = $state.raw<FileDiff | null>(null);
  error = $state.raw<HostError | null>(null);
  pending = $state(false);
  #next = $state<string | null>(null);
  #words = "";
  #asked = 0;
  #read = 0;
  #call: Call;

  readonly chosen = $derived(this.items[this.at] ?? null);

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  async search(words: string): Promise<void> {
    this.#words = words;
    await this.#page(null);
  }

  more(): Promise<void> {
    return this.#page(this.#next);
  }

  async #page(from: string | null): Promise<void> {
    const ticket = ++this.#asked;
    this.pending = true;
    try {
      const page = await this.#call("repository_log", { from, words: this.#words });
      if (ticket !== this.#asked) return;
      this.items = from === null ? page.items : [...this.items, ...page.items];
      this.#next = page.next;
      this.error = null;
      if (from === null) this.choose(0);
    } catch (thrown) {
      if (ticket === this.#asked) this.error = toHostError(thrown);
    } finally {
      if (ticket === this.#asked) this.pending = false;
    }
  }

  choose(at: number): void {
    // A difference that is still on its way belongs to the commit before.
    this.#read += 1;
    this.at = at;
    [this.path, this.diff] = [null, null];
    const [first] = this.chosen?.records ?? [];
    if (first) void this.read(first.path);
  }

  async read(path: string): Promise<void> {
    const commit = this.chosen?.commit.commit;
    if (commit === undefined) return;
    const ticket = ++this.#read;
    this.path = path;
    try {
      const diff = await this.#call("log_diff", { commit, path });
      if (ticket === this.#read) [this.diff, this.error] = [diff, null];
    } catch (thrown) {
      if (ticket === this.#read) [this.diff, this.error] = [null, toHostError(thrown)];
    }
  }
}
