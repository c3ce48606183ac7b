// Debt of the last weeks. Counted in the background while the chart is on the screen, and stopped when it leaves: what was
// found in texts is kept by the engine, so that the next time goes on from there.
import type { DebtPoint, Opening } from "../ipc/bindings";
import { call as hostCall, type HostError, toHostError } from "../ipc/client";
import { sinceOf } from "../model/debt";
import { app } from "./app.svelte";
import type { Call } from "./editor.svelte";

/** `empty`: nothing has been committed. */
export type Counting = "counting" | "ready" | "cancelled" | "failed" | "empty";

export class Debt {
  #standing = $state.raw<Counting>("counting");
  #points = $state.raw<readonly DebtPoint[] | null>(null);
  #error = $state.raw<HostError | null>(null);
  #far = $state.raw<Opening>({ done: 0, all: 0 });
  #run = 0;
  readonly #call: Call;

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  get standing(): Counting {
    return this.#standing;
  }
  /** The newest that were counted, also while they are counted anew. */
  get points(): readonly DebtPoint[] | null {
    return this.#points;
  }
  get error(): HostError | null {
    return this.#error;
  }
  /** Trees that were counted, of all. */
  get far(): Opening {
    return this.#far;
  }

  /** Counts up to the last commit. An answer that was overtaken by another question is dropped. */
  async count(today: string): Promise<void> {
    const run = ++this.#run;
    [this.#standing, this.#error, this.#far] = ["counting", null, { done: 0, all: 0 }];
    try {
      const { points } = await this.#call("debt", { since: sinceOf(today) });
      if (run === this.#run) [this.#standing, this.#points] = ["ready", points];
    } catch (thrown) {
      if (run !== this.#run) return;
      const error = toHostError(thrown);
      this.#points = null;
      this.#standing = error.code === "cancelled" ? "cancelled" : error.code === "not-found" ? "empty" : "failed";
      this.#error = error;
    }
  }

  /** Asks how far it is. */
  async progress(): Promise<void> {
    const run = this.#run;
    const far = await this.#call("debt_progress").catch(() => null);
    if (far !== null && run === this.#run && this.#standing === "counting") this.#far = far;
  }

  /** Stops counting; what is shown says so. */
  async cancel(): Promise<void> {
    await this.#call("cancel_debt").catch((thrown: unknown) => { app.logError(thrown); });
  }

  /** The chart left the screen. */
  leave(): void {
    this.#run += 1;
    if (this.#standing === "counting") void this.cancel();
  }
}
