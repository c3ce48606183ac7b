// A second record beside the one that is read, with a reader of its own. Keys and actions are about the one that has the focus.
import { layout } from "./layout.svelte";
import { Reader } from "./reader.svelte";
import { workspace } from "./workspace.svelte";

class Beside {
  #path = $state<string | null>(null);
  #heading = $state<string | null>(null);
  #anchor = $state<string | null>(null);
  #focused = $state(false);
  readonly reader = new Reader();

  get path(): string | null {
    return this.#path;
  }
  /** Heading to begin at, by its words. */
  get heading(): string | null {
    return this.#heading;
  }
  /** Heading to begin at, as a link names it. */
  get anchor(): string | null {
    return this.#anchor;
  }
  get isOpen(): boolean {
    return this.#path !== null;
  }
  /** The second reader was the last to have the focus. */
  get focused(): boolean {
    return this.#focused && this.isOpen && !layout.onePane;
  }
  set focused(focused: boolean) {
    this.#focused = focused;
  }

  async open(path: string, { heading = null, anchor = null }: { heading?: string | null; anchor?: string | null } = {}): Promise<void> {
    if (!this.isOpen) [layout.split, layout.sheet] = [true, false];
    this.#path = path;
    this.#heading = heading;
    this.#anchor = anchor;
    await this.reader.open(path, workspace.past?.when ?? null);
  }

  /** The log is shown as it stood at another day, or as it is. */
  async show(when: string | null): Promise<void> {
    if (this.#path !== null) await this.reader.open(this.#path, when);
  }

  /** Files have other names now. */
  renamed(paths: ReadonlyMap<string, string>): void {
    const now = this.#path === null ? undefined : paths.get(this.#path);
    if (now === undefined) return;
    this.#path = now;
    void this.reader.open(now, workspace.past?.when ?? null);
  }

  close(): void {
    this.#path = null;
    layout.split = false;
    this.#focused = false;
    void this.reader.open(null);
  }
}

export const beside = new Beside();
