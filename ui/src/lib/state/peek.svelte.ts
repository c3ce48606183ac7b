// A short look at something without going there: a card for a cited record, a row of the list, an image. The card waits a
// moment before it comes and before it goes, so that the mouse can wander and reach it (WCAG 1.4.13).
import { Reader } from "./reader.svelte";
import { workspace } from "./workspace.svelte";

const COMES_AFTER = 300;
const GOES_AFTER = 200;

class Peek {
  #card = $state.raw<{ path: string; anchor: HTMLElement } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Raised when the mouse or the focus goes: a card that is still read for then does not come. */
  #ticket = 0;
  /** The list's active row is shown over the list. */
  row = $state(false);
  image = $state.raw<{ src: string; alt: string } | null>(null);
  readonly reader = new Reader();

  /** The record of the card, and what it is about. */
  get card(): { path: string; anchor: HTMLElement } | null {
    return this.#card;
  }

  plan(path: string, anchor: HTMLElement): void {
    clearTimeout(this.#timer);
    if (this.#card?.anchor === anchor) return;
    this.#timer = setTimeout(() => void this.#show(path, anchor), COMES_AFTER);
  }

  /** The mouse or the focus has gone; the card goes unless it is reached in time. */
  leave(): void {
    this.#ticket += 1;
    clearTimeout(this.#timer);
    if (this.#card) this.#timer = setTimeout(() => this.hide(), GOES_AFTER);
  }

  /** The mouse is on the card. */
  stay(): void {
    clearTimeout(this.#timer);
  }

  hide(): void {
    this.#ticket += 1;
    clearTimeout(this.#timer);
    this.#card = null;
  }

  async #show(path: string, anchor: HTMLElement): Promise<void> {
    const ticket = ++this.#ticket;
    await this.reader.open(path, workspace.past?.when ?? null);
    if (ticket === this.#ticket && anchor.isConnected) this.#card = { path, anchor };
  }
}

export const peek = new Peek();
