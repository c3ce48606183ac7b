// The building of the search index, once it takes long enough to be told.
import { type Mark, secondsLeft } from "../model/indexing";
import { workspace } from "./workspace.svelte";

/** What is over sooner is not worth a word. */
const SOON = 300;

class Indexing {
  #told = $state(false);
  #from: Mark | null = null;

  /** A person stopped it before its end. */
  readonly paused = $derived(workspace.watch?.paused ?? false);
  readonly busy = $derived(!this.paused && (workspace.watch?.pending ?? 0) > 0);
  readonly all = $derived(workspace.total);
  readonly done = $derived(Math.max(0, this.all - (workspace.watch?.pending ?? 0)));
  /** To be shown: it goes on for a while. */
  readonly shown = $derived(this.paused || (this.busy && this.#told));
  readonly left = $derived(this.#left(this.done, this.all));

  /** Follows it; the answer ends that. Called from an effect, again whenever it begins or ends. */
  follow(): (() => void) | undefined {
    if (!this.busy) {
      this.#told = false;
      this.#from = null;
      return undefined;
    }
    const timer = setTimeout(() => (this.#told = true), SOON);
    return () => clearTimeout(timer);
  }

  #left(done: number, all: number): number | null {
    const now = { at: performance.now(), done };
    // Another build begins: what was done is thrown away.
    if (this.#from === null || done < this.#from.done) this.#from = now;
    return secondsLeft(this.#from, now, all);
  }
}

export const indexing = new Indexing();
