// The record that is being read: its rendered body, its history, and what became of it on disk. One instance for the
// Library, one for the preview of Search.
import type { FileDiff, HistoryItem, LogChange, RecordView } from "../ipc/bindings";
import { call, type HostError, toHostError } from "../ipc/client";

export class Reader {
  #path: string | null = null;
  #view = $state.raw<RecordView | null>(null);
  #error = $state.raw<HostError | null>(null);
  #gone = $state(false);
  #history = $state.raw<readonly HistoryItem[] | null>(null);
  #historyError = $state.raw<HostError | null>(null);
  #ticket = 0;
  #when: string | null = null;

  /** What is open, or could not be opened; read together with `view` or `error`. */
  get path(): string | null {
    return this.#path;
  }
  get view(): RecordView | null {
    return this.#view;
  }
  get error(): HostError | null {
    return this.#error;
  }
  /** The open record was removed from disk; its last text is still shown. */
  get gone(): boolean {
    return this.#gone;
  }
  /** Null while it is being asked for. */
  get history(): readonly HistoryItem[] | null {
    return this.#history;
  }
  get historyError(): HostError | null {
    return this.#historyError;
  }

  /** Reads a record, with `when` as it was then; the one before stays on screen until the new one is there. */
  async open(path: string | null, when: string | null = null): Promise<void> {
    if (path === this.#path && when === this.#when && this.#error === null) return;
    this.#path = path;
    this.#when = when;
    this.#history = null;
    this.#historyError = null;
    this.#gone = false;
    if (path === null) {
      this.#ticket += 1;
      this.#view = null;
      this.#error = null;
      return;
    }
    await this.#load(path);
  }

  /** Something changed on disk or in git: reads again, unless the record itself is gone. */
  async refresh(change: LogChange): Promise<void> {
    const path = this.#path;
    // The past does not change.
    if (path === null || this.#when !== null) return;
    if (change.removed.includes(path)) {
      this.#gone = true;
      return;
    }
    await this.#load(path);
  }

  /** Reads once more what could not be read. */
  async again(): Promise<void> {
    if (this.#path !== null) await this.#load(this.#path);
  }

  async loadHistory(): Promise<void> {
    const path = this.#path;
    if (path === null) return;
    try {
      const history = await call("history", { path });
      if (path === this.#path) [this.#history, this.#historyError] = [history, null];
    } catch (thrown) {
      if (path === this.#path) this.#historyError = toHostError(thrown);
    }
  }

  /** Something was committed: a history that was read is read again; until then the old one stays. */
  async renewHistory(): Promise<void> {
    if (this.#history !== null || this.#historyError !== null) await this.loadHistory();
  }

  async #load(path: string): Promise<void> {
    const ticket = ++this.#ticket;
    try {
      const when = this.#when;
      const view = await (when === null ? call("read_decision", { path }) : call("read_decision_as_of", { path, when }));
      if (ticket !== this.#ticket) return;
      this.#view = view;
      this.#error = null;
      this.#gone = false;
    } catch (thrown) {
      if (ticket !== this.#ticket) return;
      this.#error = toHostError(thrown);
      this.#view = null;
    }
  }
}

/** One commit of a record's history, and those before and after it. */
export class CommitChange {
  readonly path: string;
  #at = $state(-1);
  #commit: string;
  #history = $state.raw<readonly HistoryItem[]>([]);
  #diff = $state.raw<FileDiff | null>(null);
  #error = $state.raw<HostError | null>(null);
  #ticket = 0;

  readonly item = $derived(this.#history[this.#at] ?? null);
  readonly hasEarlier = $derived(this.#at >= 0 && this.#at < this.#history.length - 1);
  readonly hasLater = $derived(this.#at > 0);

  constructor(path: string, commit: string) {
    this.path = path;
    this.#commit = commit;
    void this.#start();
  }

  get diff(): FileDiff | null {
    return this.#diff;
  }
  get error(): HostError | null {
    return this.#error;
  }

  /** 1 goes to the commit before, -1 to the one after. */
  step(by: 1 | -1): void {
    const target = this.#history[this.#at + by];
    if (!target) return;
    this.#at += by;
    this.#commit = target.commit;
    void this.#load();
  }

  async #start(): Promise<void> {
    try {
      this.#history = await call("history", { path: this.path });
      this.#at = this.#history.findIndex((item) => item.commit === this.#commit);
      await this.#load();
    } catch (thrown) {
      this.#error = toHostError(thrown);
    }
  }

  async #load(): Promise<void> {
    const ticket = ++this.#ticket;
    try {
      const diff = await call("commit_diff", { path: this.path, commit: this.#commit });
      if (ticket === this.#ticket) [this.#diff, this.#error] = [diff, null];
    } catch (thrown) {
      if (ticket === this.#ticket) [this.#diff, this.#error] = [null, toHostError(thrown)];
    }
  }
}

export const reader = new Reader();
