// The palette's own state: open or not, and the query, which survives closing for ten seconds.

export type PaletteMode = "all" | "decisions" | "commands";

const KEEP_MS = 10_000;

class Palette {
  #open = $state(false);
  #mode = $state<PaletteMode>("all");
  query = $state("");
  #closedAt = 0;

  get open(): boolean {
    return this.#open;
  }
  get mode(): PaletteMode {
    return this.#mode;
  }

  show(mode: PaletteMode): void {
    if (mode !== this.#mode || performance.now() - this.#closedAt > KEEP_MS) this.query = mode === "commands" ? ">" : "";
    this.#mode = mode;
    this.#open = true;
  }

  /** Esc keeps the query for a while; having opened something does not. */
  close(keepQuery: boolean): void {
    this.#open = false;
    this.#closedAt = performance.now();
    if (!keepQuery) this.query = "";
  }
}

export const palette = new Palette();
