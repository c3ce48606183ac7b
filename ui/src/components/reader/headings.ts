// Headings of a record's body, as links name them.

import { headingText } from "../../lib/panes";

/** By its id, as links of records write it, else by its words. */
export function headingOf(page: HTMLElement, anchor: string): HTMLElement | null {
  const known = page.querySelector<HTMLElement>(`#${CSS.escape(anchor)}`);
  if (known) return known;
  const wanted = plain(anchor);
  return [...page.querySelectorAll<HTMLElement>(".prose :is(h1, h2, h3, h4, h5, h6)")].find((heading) => plain(headingText(heading)) === wanted) ?? null;
}

const plain = (text: string) => text.trim().toLowerCase().replace(/[\s_-]+/g, " ");
