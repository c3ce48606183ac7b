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

/** Air above a heading that was gone to. */
const AIR = 16;

/** Only the page moves: scrolling the heading into view would move what lies around it, too. The keyboard goes on from there. */
export function goToHeading(heading: HTMLElement, page: HTMLElement): void {
  page.scrollTop += heading.getBoundingClientRect().top - page.getBoundingClientRect().top - AIR;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** What scrolls a text. */
export function scrollerOf(element: HTMLElement): HTMLElement {
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(around).overflowY)) return around;
  }
  return document.documentElement;
}
