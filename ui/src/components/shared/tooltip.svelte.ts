// Tooltips as an attachment: 500 ms after hover, at once on keyboard focus, Esc closes, hoverable (WCAG 1.4.13).
// The text is never the only name of a control, so assistive technology needs nothing from here.
import type { Attachment } from "svelte/attachments";

export interface Tip {
  text: string;
  /** Key chord as in the keymap: `mod+b`. */
  keys?: string | undefined;
}

const DELAY_MS = 500;
/** Time to reach the tip with the mouse. */
const GOES_AFTER_MS = 150;

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

  /** The mouse has left the control, perhaps for the tip. */
  leave(): void {
    clearTimeout(this.#timer);
    if (this.#shown) this.#timer = setTimeout(() => { this.hide(); }, GOES_AFTER_MS);
  }

  /** The mouse is on the tip. */
  stay(): void {
    clearTimeout(this.#timer);
  }
}

export const tooltips = new TooltipState();

/** Shows a tooltip for the element it is attached to; none while there is nothing to say. */
export function tooltip(tip: () => Tip | null): Attachment<Element> {
  return (element) => {
    const plan = (delay: number) => {
      const said = tip();
      if (said) tooltips.plan(said, element, delay);
    };
    const show = () => {
      // Back from the tip it is there still.
      if (tooltips.shown?.anchor === element) tooltips.stay();
      else plan(DELAY_MS);
    };
    const focus = () => {
      if (element.matches(":focus-visible")) plan(0);
    };
    const hide = () => tooltips.hide();
    const leave = () => tooltips.leave();
    element.addEventListener("pointerenter", show);
    element.addEventListener("pointerleave", leave);
    element.addEventListener("pointerdown", hide);
    element.addEventListener("focus", focus);
    element.addEventListener("blur", hide);
    return () => {
      if (tooltips.shown?.anchor === element) tooltips.hide();
      element.removeEventListener("pointerenter", show);
      element.removeEventListener("pointerleave", leave);
      element.removeEventListener("pointerdown", hide);
      element.removeEventListener("focus", focus);
      element.removeEventListener("blur", hide);
    };
  };
}
