// F6: from pane to pane. A pane is an element with `data-pane` (its name in words); the focus goes to the element inside
// it that was focused last, or is marked `data-pane-focus`, or to its first control.
import { announcer } from "./state/announcer.svelte";

export const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [contenteditable='true'], [tabindex='0']";

/** What had the focus in a pane when F6 left it. */
const left = new WeakMap<HTMLElement, HTMLElement>();

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

/** The screen's first pane takes the focus: the list of what there is; false when it has it already. */
export function focusMain(): boolean {
  const target = [...document.querySelectorAll<HTMLElement>("main [data-pane-focus]")].find(isShown);
  if (!target || target.contains(document.activeElement)) return false;
  target.focus();
  return true;
}

/** Whether an element is drawn and can have the focus. */
export const isShown = (element: HTMLElement): boolean => element.isConnected && element.getClientRects().length > 0;

export function cyclePane(by: -1 | 1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(isShown);
  if (panes.length === 0) return;
  const { activeElement } = document;
  const at = panes.findIndex((pane) => pane.contains(activeElement));
  const from = panes[at];
  if (from && activeElement instanceof HTMLElement) left.set(from, activeElement);
  const next = panes[at < 0 ? (by === 1 ? 0 : panes.length - 1) : (at + by + panes.length) % panes.length];
  if (!next) return;
  const before = left.get(next);
  const inside = (selector: string) => [...next.querySelectorAll<HTMLElement>(selector)].find(isShown);
  const target = (before && isShown(before) && next.contains(before) ? before : undefined) ?? inside("[data-pane-focus]") ?? inside(FOCUSABLE) ?? next;
  // A pane without a control (an empty list) can be stood in all the same, or the walk would end before it.
  if (target === next) next.tabIndex = -1;
  target.focus();
  announcer.say(next.dataset.pane ?? "");
}
