// What git says about the open repository. The Changes screen and the frame read the same value; whoever gets a newer
// one from a command gives it back with `accept`.
import type { GitStatus } from "../ipc/bindings";
import { call, type HostError, on, toHostError } from "../ipc/client";

/** How long a first answer may take before the records are asked for alone. */
const PATIENCE = 60;

/** One of them per window ({@link git}); tests make their own with a host of theirs. */
export class Git {
  #call: typeof call;
  #status = $state.raw<GitStatus | null>(null);
  #error = $state.raw<HostError | null>(null);
  #asked = 0;
  /** Questions under way, and commands whose answer will be a status. */
  #flying = 0;
  #held = 0;
  /** Git was asked, or should have been, and the answer did not count: a command's older one came later. */
  #missed = false;

  constructor(host: typeof call = call) {
    this.#call = host;
  }

  readonly changedFiles = $derived(new Set(this.#status?.files.map((file) => file.path)).size);

  /** One stands on the branch that others start from; null where that cannot be told. */
  readonly onDefault = $derived.by(() => {
    const { branch = null, default_branch = null } = this.#status ?? {};
    return branch === null || default_branch === null ? null : branch === default_branch;
  });
  /** Whether a branch can be started now: something is committed, and nothing is under way. */
  readonly mayBranch = $derived(this.#status !== null && this.#status.head !== null && this.#status.operation === null);

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
    const gone = on("info-changed", (info) => {
      if (!info.git) this.clear();
    });
    await Promise.all([gone, on("git-changed", () => { this.#hear(); })]);
  }

  /** A file changed: while a question is under way, one more after it is enough for all that is told meanwhile. */
  #hear(): void {
    if (this.#flying > 0) this.#missed = true;
    else void this.refresh();
  }

  /** Asks again; an answer that was overtaken by a newer question is dropped. */
  async refresh(): Promise<void> {
    if (this.#held > 0) {
      this.#missed = true;
      return;
    }
    const ticket = ++this.#asked;
    this.#flying += 1;
    const early = this.#status === null ? setTimeout(() => void this.#recordsFirst(ticket), PATIENCE) : undefined;
    try {
      const status = await this.#call("git_status");
      if (ticket === this.#asked) [this.#status, this.#error] = [status, null];
    } catch (thrown) {
      if (ticket !== this.#asked) return;
      this.#error = toHostError(thrown);
      this.#status = null;
    } finally {
      clearTimeout(early);
      this.#flying -= 1;
      if (this.#flying === 0) this.#makeGood();
    }
  }

  /** The first answer about a large repository takes its time; its records need not wait for it. */
  async #recordsFirst(ticket: number): Promise<void> {
    try {
      const status = await this.#call("record_status");
      if (ticket === this.#asked && this.#status === null) this.#status = status;
    } catch {
      // The whole answer is under way and says what is wrong.
    }
  }

  /** While a command is under way that answers with a status, git is not asked; the end of it makes good for that. */
  hold(): () => void {
    this.#held += 1;
    return () => {
      this.#held -= 1;
      this.#makeGood();
    };
  }

  #makeGood(): void {
    if (this.#held > 0 || !this.#missed) return;
    this.#missed = false;
    void this.refresh();
  }

  /** Takes the status that a command (stage, unstage) answered with. */
  accept(status: GitStatus): void {
    // The question under way may have been put after the command: its answer would be the newer one.
    if (this.#flying > 0) this.#missed = true;
    this.#asked += 1;
    this.#status = status;
    this.#error = null;
    this.#makeGood();
  }

  clear(): void {
    this.#asked += 1;
    this.#status = null;
    this.#error = null;
  }
}

export const git = new Git();
