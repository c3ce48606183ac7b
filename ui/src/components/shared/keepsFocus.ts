// What has the focus may go while it has it: a row that was committed, a button of a message that was settled. Then the keyboard
// would start again at the top of the window; here it goes on at the next sensible thing.

/** Attachment of a screen. `next` says where to go on; null: not known yet, the next change of the screen asks again. */
export function keepsFocus(next: (lost: HTMLElement) => HTMLElement | null) {
  return (root: HTMLElement): (() => void) => {
    let held: HTMLElement | null = null;
    const nobody = (): boolean => document.activeElement === null || document.activeElement === document.body;
    const take = (event: FocusEvent): void => {
      held = event.target instanceof HTMLElement ? event.target : null;
    };
    // Who goes elsewhere, or clicks where nothing is, wants that. An element that goes may say so too, before it is gone.
    const leave = (): void => {
      queueMicrotask(() => {
        if (held?.isConnected && !held.matches(":disabled") && !held.contains(document.activeElement)) held = null;
      });
    };
    const look = (): void => {
      if (held === null || !nobody() || (held.isConnected && !held.matches(":disabled"))) return;
      const target = next(held);
      if (target === null) return;
      held = null;
      target.focus();
    };
    root.addEventListener("focusin", take);
    root.addEventListener("focusout", leave);
    const observer = new MutationObserver(look);
    observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled", "aria-selected"] });
    return () => {
      observer.disconnect();
      root.removeEventListener("focusin", take);
      root.removeEventListener("focusout", leave);
    };
  };
}
