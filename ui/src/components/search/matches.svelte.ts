// Matches marked in a text and the one that is looked at; for the preview of Search and the reader that was opened from it.
import { untrack } from "svelte";

import { clearMarks, markCurrent, markWords } from "./highlights";

export class Matches {
  #ranges = $state.raw<readonly Range[]>([]);
  #at = $state(0);
  #page: HTMLElement | null = null;
  /** Where each match lies in the whole text, 0 at the top and 1 at the bottom. */
  #places = $state.raw<readonly number[]>([]);

  get count(): number {
    return this.#ranges.length;
  }
  get at(): number {
    return this.#at;
  }
  get places(): readonly number[] {
    return this.#places;
  }

  /** Marks the words and shows the first; answers how to unmark them. */
  mark(page: HTMLElement, words: readonly string[]): () => void {
    this.#page = page;
    // Callers are effects: stepping on must not mark anew and begin at the first again.
    untrack(() => {
      this.#ranges = markWords(page, words);
      this.#at = 0;
      this.place();
      this.#show();
    });
    return () => {
      clearMarks();
      this.#ranges = [];
      this.#places = [];
    };
  }

  /** The text has another height: the places are found anew. */
  place(): void {
    const page = this.#page;
    if (!page) return;
    const top = page.getBoundingClientRect().top - page.scrollTop;
    const height = Math.max(1, page.scrollHeight);
    this.#places = this.#ranges.map((range) => (range.getBoundingClientRect().top - top) / height);
  }

  step(by: 1 | -1): void {
    this.go((this.#at + by + this.count) % Math.max(1, this.count));
  }

  go(index: number): void {
    this.#at = index;
    this.#show();
  }

  #show(): void {
    const range = this.#ranges[this.#at];
    const page = this.#page;
    if (!range || !page) return;
    markCurrent(range);
    const offset = range.getBoundingClientRect().top - page.getBoundingClientRect().top;
    if (offset < 0 || offset > page.clientHeight - 40) page.scrollTop += offset - page.clientHeight / 3;
  }
}
