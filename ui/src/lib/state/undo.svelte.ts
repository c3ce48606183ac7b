// What the app (or the command line) did in this repository, newest first, and taking it back or doing it again.
import type { UndoItem, WriteReply } from "../ipc/bindings";
import { call as hostCall, toHostError, type HostError } from "../ipc/client";
import type { Call } from "./editor.svelte";
import { Confirmation } from "./writing.svelte";

/** One a window ({@link undo}); tests make their own with a host of theirs. */
export class Undo {
  #call: Call;
  #items = $state.raw<readonly UndoItem[]>([]);
  #error = $state.raw<HostError | null>(null);
  #asked = 0;
  #taken = 0;

  /** What Mod+Z takes back: the newest step that is done. */
  readonly last = $derived(this.#items.find((item) => !item.undone) ?? null);
  /** What Mod+Shift+Z does again: of the steps taken back since the last one done, the oldest. */
  readonly next = $derived(oldestUndone(this.#items));

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  get items(): readonly UndoItem[] {
    return this.#items;
  }
  get error(): HostError | null {
    return this.#error;
  }

  async refresh(): Promise<void> {
    const ticket = ++this.#asked;
    // Whoever awaits this reads an answer at least as new as the question, also when a newer one is under way.
    const take = (items: readonly UndoItem[], error: HostError | null): void => {
      if (ticket > this.#taken) [this.#taken, this.#items, this.#error] = [ticket, items, error];
    };
    try {
      take(await this.#call("undo_list"), null);
    } catch (thrown) {
      take([], toHostError(thrown));
    }
  }

  clear(): void {
    this.#taken = this.#asked;
    this.#items = [];
    this.#error = null;
  }

  /** The step that wrote exactly these files, if it is the newest one. */
  stepOf(reply: Pick<WriteReply, "changed">): UndoItem | null {
    const newest = this.#items[0];
    if (!newest || newest.undone) return null;
    const paths = new Set(newest.paths);
    return reply.changed.length === paths.size && reply.changed.every((path) => paths.has(path)) ? newest : null;
  }

  /** A step to look at before it is taken back or done again. */
  confirmation(id: string): Confirmation {
    return new Confirmation(() => this.#call("plan_undo", { id }), (digest) => this.#call("apply_undo", { id, digest }));
  }

  /** Takes a step back (or does it again) at once; the host refuses when a file changed since. Throws HostError. */
  async take(id: string): Promise<WriteReply> {
    const { digest } = await this.#call("plan_undo", { id });
    return this.#call("apply_undo", { id, digest });
  }
}

function oldestUndone(items: readonly UndoItem[]): UndoItem | null {
  const done = items.findIndex((item) => !item.undone);
  return items[(done < 0 ? items.length : done) - 1] ?? null;
}

export const undo = new Undo();
