// Keeps the keyboard where it was when the element that has the focus is taken out of the page (a chip, a row, a banner that was
// closed): it goes on beside it. The web view itself would begin again at the top of the page. Parts that know better where
// to go on do so first.
import { FOCUSABLE, isShown } from "./panes";
import { refocus } from "./state/refocus";

/** Beyond these nothing lies beside what was focused. */
const EDGE = "body, main, dialog, [data-pane]";
/** Elements that had the focus before, for what closes over them. */
const REMEMBERED = 8;

/** The focused element or one around it, with its place among its siblings. */
interface Step {
  readonly element: HTMLElement;
  readonly at: number;
}

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
const canHave = (element: HTMLElement): boolean => isShown(element) && element.closest("[inert]") === null;
const own = (within: Element): HTMLElement | undefined => [...within.querySelectorAll<HTMLElement>("[data-pane-focus]")].find(canHave);
/** A pane's list or text, else its first control. */
const first = (within: Element): HTMLElement | undefined => own(within) ?? [...(within.matches(FOCUSABLE) ? [within as HTMLElement] : []), ...within.querySelectorAll<HTMLElement>(FOCUSABLE)].find(canHave);

/** Watches until the answer is called. */
export function keepFocus(): () => void {
  let trail: readonly Step[] = [];
  let before: WeakRef<HTMLElement>[] = [];
  /** The screen that had the focus, by its name. */
  let screen: string | undefined;

  function note({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return;
    const last = trail[0]?.element;
    if (last && last !== target) before = [new WeakRef(last), ...before.slice(0, REMEMBERED - 1)];
    trail = trailOf(target);
    screen = target.closest<HTMLElement>("[data-screen]")?.dataset.screen;
  }

  function mend(): void {
    const focused = trail[0]?.element;
    if (!focused || focused.isConnected || !isLost()) return;
    // Another screen knows where to begin.
    if (screen !== undefined && screen !== document.querySelector<HTMLElement>("[data-screen]")?.dataset.screen) {
      refocus();
      return;
    }
    const target = beside(trail, before.flatMap((one) => one.deref() ?? []));
    if (target) target.focus({ preventScroll: true });
    else refocus();
  }

  // Sheets, menus and dialogs give the focus back themselves, a moment after they are gone.
  const observer = new MutationObserver(() => {
    const focused = trail[0]?.element;
    if (focused && !focused.isConnected && isLost()) setTimeout(mend);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", note);
  return () => {
    observer.disconnect();
    document.removeEventListener("focusin", note);
  };
}

function trailOf(focused: HTMLElement): Step[] {
  const steps: Step[] = [];
  for (let element: HTMLElement | null = focused; element && element !== document.documentElement; element = element.parentElement) {
    steps.push({ element, at: element.parentElement ? [...element.parentElement.children].indexOf(element) : 0 });
  }
  return steps;
}

/** What stands next to what went: in the same list or row, else the pane's own, else what had the focus before it. */
function beside(trail: readonly Step[], before: readonly HTMLElement[]): HTMLElement | undefined {
  const around = trail.filter(({ element }) => element.isConnected);
  const text = around.find(({ element }) => element.matches("[data-pane-focus]"))?.element;
  if (text && canHave(text)) return text;
  for (const [at, { element }] of trail.entries()) {
    if (at === 0 || !element.isConnected) continue;
    if (element.matches(EDGE)) break;
    if (element.matches(FOCUSABLE) && canHave(element)) return element;
    const { children } = element;
    const from = trail[at - 1]?.at ?? 0;
    // What moved up into its place, then what stands before it.
    const order = [...[...children].slice(from), ...[...children].slice(0, from).reverse()];
    for (const child of order) {
      const found = first(child);
      if (found) return found;
    }
  }
  const edge = around.find(({ element }) => element.matches(EDGE))?.element;
  if (edge?.matches("dialog, [data-pane]")) return first(edge);
  // A screen that went is followed by another, which knows where to begin; what lay over the panes leads back to them.
  return edge?.matches("main") ? undefined : before.find((one) => one.isConnected && canHave(one));
}
