// The window's own small state: which menu of the top bar is open, what wants the focus next.

class Frame {
  repositoryMenu = $state(false);
  /** Menu of actions for the current record. */
  recordMenu = $state(false);
  #focusSearch = $state(0);
  #focusList = $state(0);
  #focusReader = $state(0);

  /** Counters: a part that owns the element focuses it whenever its number grows. */
  get focusSearch(): number {
    return this.#focusSearch;
  }
  get focusList(): number {
    return this.#focusList;
  }
  get focusReader(): number {
    return this.#focusReader;
  }

  wantSearch(): void {
    this.#focusSearch += 1;
  }
  wantList(): void {
    this.#focusList += 1;
  }
  wantReader(): void {
    this.#focusReader += 1;
  }
}

export const frame = new Frame();
