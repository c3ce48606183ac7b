// The window's own small state: which menu of the top bar is open, what wants the focus next.

class Frame {
  repositoryMenu = $state(false);
  /** Menu of actions for the current record. */
  recordMenu = $state(false);
  #searchWanted = $state(false);
  #focusList = $state(0);
  #focusReader = $state(0);

  /** Counters: a part that owns the element focuses it whenever its number grows. */
  get focusList(): number {
    return this.#focusList;
  }
  get focusReader(): number {
    return this.#focusReader;
  }

  /** The search field is to take the focus, as soon as there is one: it may be asked for while a repository opens. */
  get searchWanted(): boolean {
    return this.#searchWanted;
  }
  wantSearch(): void {
    this.#searchWanted = true;
  }
  /** It has the focus, or there will be no field. */
  searchTaken(): void {
    this.#searchWanted = false;
  }
  wantList(): void {
    this.#focusList += 1;
  }
  wantReader(): void {
    this.#focusReader += 1;
  }
}

export const frame = new Frame();
