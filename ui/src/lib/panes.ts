// F6: from pane to pane. A pane is an element with `data-pane` (its name in words); the focus goes to the element inside
// it that was focused last, or is marked `data-pane-focus`, or to its first control.
import { announcer } from "./state/announcer.svelte";

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), [tabindex='0']";

/** Words of a heading, without the sign of its link. */
export const headingText = (heading: Element): string => heading.textContent.replace(/#$/, "").trim();

/** The heading under which one reads: the last that has gone by the top; null above the first. */
export function headingInSight(page: HTMLElement): string | null {
  const top = page.getBoundingClientRect().top + 40;
  const gone = [...page.querySelectorAll(".prose :is(h1, h2, h3, h4, h5, h6)")].filter((heading) => heading.getBoundingClientRect().top <= top);
  const last = page.scrollTop > 0 ? gone.at(-1) : undefined;
  return last ? headingText(last) : null;
}

/** The element of a heading with these words. */
export function findHeading(page: HTMLElement, words: string): Element | null {
  return [...page.querySelectorAll(".prose :is(h1, h2, h3, h4, h5, h6)")].find((heading) => headingText(heading).toLowerCase() === words.toLowerCase()) ?? null;
}

export function cyclePane(by: -1 | 1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.offsetParent !== null || pane.getClientRects().length > 0);
  if (panes.length === 0) return;
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + by + panes.length) % panes.length];
  if (!next) return;
  const target = next.querySelector<HTMLElement>("[data-pane-focus]") ?? next.querySelector<HTMLElement>(FOCUSABLE) ?? next;
  target.focus();
  announcer.say(next.dataset.pane ?? "");
}
