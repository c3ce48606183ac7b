// Tooltips as an attachment: 500 ms after hover, at once on keyboard focus, Esc closes, hoverable (WCAG 1.4.13).
// The text is never the only name of a control, so assistive technology needs nothing from here.
import type { Attachment } from "svelte/attachments";

export interface Tip {
  text: string;
  /** Key chord as in the keymap: `mod+b`. */
  keys?: string | undefined;
}

const DELAY_MS = 500;

/** The tooltip that is shown now; drawn by TooltipLayer. */
class TooltipState {
  #shown = $state.raw<{ tip: Tip; anchor: Element } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get shown() {
    return this.#shown;
  }

  plan(tip: Tip, anchor: Element, delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (anchor.isConnected) this.#shown = { tip, anchor };
    }, delay);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#shown = null;
  }
}

export const tooltips = new TooltipState();

/** Shows a tooltip for the element it is attached to. */
export function tooltip(tip: () => Tip): Attachment<Element> {
  return (element) => {
    const show = () => tooltips.plan(tip(), element, DELAY_MS);
    const focus = () => {
      if (element.matches(":focus-visible")) tooltips.plan(tip(), element, 0);
    };
    const hide = () => tooltips.hide();
    element.addEventListener("pointerenter", show);
    element.addEventListener("pointerleave", hide);
    element.addEventListener("pointerdown", hide);
    element.addEventListener("focus", focus);
    element.addEventListener("blur", hide);
    return () => {
      if (tooltips.shown?.anchor === element) tooltips.hide();
      element.removeEventListener("pointerenter", show);
      element.removeEventListener("pointerleave", hide);
      element.removeEventListener("pointerdown", hide);
      element.removeEventListener("focus", focus);
      element.removeEventListener("blur", hide);
    };
  };
}
