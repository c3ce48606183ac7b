// What lies over a screen (sheets) and is closed by Esc, the topmost first. Dialogs and menus close themselves.

class Layers {
  readonly #open: (() => void)[] = [];

  /** Adds one on top; the answer takes it away. */
  add(close: () => void): () => void {
    this.#open.push(close);
    return () => {
      const at = this.#open.lastIndexOf(close);
      if (at >= 0) this.#open.splice(at, 1);
    };
  }

  /** Closes the topmost; false when nothing lies over the screen. */
  close(): boolean {
    const top = this.#open.at(-1);
    top?.();
    return top !== undefined;
  }
}

export const layers = new Layers();
