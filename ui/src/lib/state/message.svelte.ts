// The commit message on disk: what is written survives the app, and a template or a commit that was cut off is known.
import type { MessageStart } from "../ipc/bindings";
import { call as hostCall, toHostError } from "../ipc/client";
import type { Call } from "./editor.svelte";

/** A pause in typing after which the message is kept. */
const KEEP_AFTER = 300;

export class MessageKeeper {
  #call: Call;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: string | null = null;
  /** The news of a commit that was cut off is read once, though the host tells it until the repository is closed. */
  #seen: string | null = null;
  start = $state.raw<MessageStart | null>(null);

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  /** Text of the template, which is no message yet. */
  get template(): string | null {
    return this.start?.template ?? null;
  }

  async load(): Promise<MessageStart | null> {
    // What is on disk would be older than what is being written.
    await this.flush();
    try {
      const start = await this.#call("message_start");
      this.start = start.interrupted === this.#seen ? { ...start, interrupted: null } : start;
    } catch (thrown) {
      // Without it the field starts empty; what failed is told where git's status is.
      this.start = null;
      toHostError(thrown);
    }
    return this.start;
  }

  /** The reader has seen what became of the commit that was cut off. */
  seen(): void {
    if (!this.start) return;
    this.#seen = this.start.interrupted;
    this.start = { ...this.start, interrupted: null };
  }

  keep(message: string): void {
    this.#waiting = message;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), KEEP_AFTER);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const message = this.#waiting;
    this.#waiting = null;
    // A disk that cannot be written is told at the commit; typing goes on.
    if (message !== null) await this.#call("keep_message", { message }).catch(toHostError);
  }

  /** Another repository: what waits belongs to the one that was left. */
  forget(): void {
    clearTimeout(this.#timer);
    [this.#waiting, this.#seen] = [null, null];
    this.start = null;
  }
}
