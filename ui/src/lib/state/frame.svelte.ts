// The window's own small state: which menu of the top bar is open, what wants the focus next.

import type { MenuPlace } from "../../components/shared/menu";

class Frame {
  repositoryMenu = $state(false);
  /** Menu of actions for the current record, at its button. */
  recordMenu = $state(false);
  #menuAt = $state.raw<MenuPlace | null>(null);
  #menuOfSelected = $state(false);
  #searchWanted = $state(false);
  #focusList = $state(0);
  #readerWanted = $state(false);

  /** The same menu at a row, or at the mouse. */
  get menuAt(): MenuPlace | null {
    return this.#menuAt;
  }
  /** The menu is about all chosen records. */
  get menuOfSelected(): boolean {
    return this.#menuOfSelected;
  }
  openMenu(at: MenuPlace, ofSelected = false): void {
    this.#menuOfSelected = ofSelected;
    this.#menuAt = at;
  }
  closeMenu(): void {
    this.#menuAt = null;
  }

  /** A counter: the part that owns the list focuses it whenever it grows. */
  get focusList(): number {
    return this.#focusList;
  }

  /** The reader is to take the focus, as soon as its record is there. */
  get readerWanted(): boolean {
    return this.#readerWanted;
  }
  wantReader(): void {
    this.#readerWanted = true;
  }
  /** It has the focus, or there will be no reader. */
  readerTaken(): void {
    this.#readerWanted = false;
  }

  /** The search field is to take the focus, as soon as there is one: it may be asked for while a repository opens. */
  get searchWanted(): boolean {
    return this.#searchWanted;
  }
  wantSearch(): void {
    // The last wish counts: a record that arrives later leaves the field its focus.
    this.#readerWanted = false;
    this.#searchWanted = true;
  }
  /** It has the focus, or there will be no field. */
  searchTaken(): void {
    this.#searchWanted = false;
  }
  wantList(): void {
    this.#focusList += 1;
  }
}

export const frame = new Frame();
