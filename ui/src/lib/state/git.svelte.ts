// What git says about the open repository. The Changes screen and the frame read the same value; whoever gets a newer
// one from a command gives it back with `accept`.
import type { GitStatus } from "../ipc/bindings";
import { call, type HostError, on, toHostError } from "../ipc/client";

/** One of them per window ({@link git}); tests make their own with a host of theirs. */
export class Git {
  #call: typeof call;
  #status = $state.raw<GitStatus | null>(null);
  #error = $state.raw<HostError | null>(null);
  #asked = 0;

  constructor(host: typeof call = call) {
    this.#call = host;
  }

  readonly changedFiles = $derived(new Set(this.#status?.files.map((file) => file.path)).size);

  get status(): GitStatus | null {
    return this.#status;
  }

  /** Why there is no status; null when there is one, or no git here. */
  get error(): HostError | null {
    return this.#error;
  }

  async listen(): Promise<void> {
    // A folder that was moved or unmounted tells nobody; coming back to the window is when a person would notice.
    window.addEventListener("focus", () => {
      if (this.#status !== null || this.#error !== null) void this.refresh();
    });
    await on("git-changed", () => void this.refresh());
  }

  /** Asks again; an answer that was overtaken by a newer question is dropped. */
  async refresh(): Promise<void> {
    const ticket = ++this.#asked;
    try {
      const status = await this.#call("git_status");
      if (ticket === this.#asked) this.accept(status);
    } catch (thrown) {
      if (ticket !== this.#asked) return;
      this.#error = toHostError(thrown);
      this.#status = null;
    }
  }

  /** Takes the status that a command (stage, unstage) answered with. */
  accept(status: GitStatus): void {
    this.#asked += 1;
    this.#status = status;
    this.#error = null;
  }

  clear(): void {
    this.#asked += 1;
    this.#status = null;
    this.#error = null;
  }
}

export const git = new Git();
