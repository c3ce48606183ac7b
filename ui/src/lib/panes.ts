// F6: from pane to pane. A pane is an element with `data-pane` (its name in words); the focus goes to the element inside
// it that was focused last, or is marked `data-pane-focus`, or to its first control.
import { announcer } from "./state/announcer.svelte";

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), [tabindex='0']";

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
