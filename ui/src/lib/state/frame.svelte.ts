// The window's own small state: which menu of the top bar is open, what wants the focus next.

import type { MenuPlace } from "../../components/shared/menu";

class Frame {
  repositoryMenu = $state(false);
  /** Menu of actions for the current record, at its button. */
  recordMenu = $state(false);
  #menuAt = $state.raw<MenuPlace | null>(null);
  #searchWanted = $state(false);
  #focusList = $state(0);
  #focusReader = $state(0);

  /** The same menu at a row, or at the mouse. */
  get menuAt(): MenuPlace | null {
    return this.#menuAt;
  }
  openMenu(at: MenuPlace): void {
    this.#menuAt = at;
  }
  closeMenu(): void {
    this.#menuAt = null;
  }

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
