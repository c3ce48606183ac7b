// A second record beside the one that is read, with a reader of its own. Keys and actions are about the one that has the focus.
import { layout } from "./layout.svelte";
import { Reader } from "./reader.svelte";

class Beside {
  #path = $state<string | null>(null);
  #heading = $state<string | null>(null);
  #focused = $state(false);
  readonly reader = new Reader();

  get path(): string | null {
    return this.#path;
  }
  /** Heading to begin at, by its words. */
  get heading(): string | null {
    return this.#heading;
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

  async open(path: string, heading: string | null = null): Promise<void> {
    if (!this.isOpen) [layout.split, layout.sheet] = [true, false];
    this.#path = path;
    this.#heading = heading;
    await this.reader.open(path);
  }

  close(): void {
    this.#path = null;
    layout.split = false;
    this.#focused = false;
    void this.reader.open(null);
  }
}

export const beside = new Beside();
