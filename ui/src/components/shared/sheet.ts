// A pane that lies over the screen's edge in a narrow window: Esc closes it, and the keyboard goes on where it was.
import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";

import { FOCUSABLE } from "../../lib/panes";
import { layers } from "../../lib/state/layers";
import { refocus } from "../../lib/state/refocus";

interface Options {
  /** What is asked for by a button takes the focus; what is looked at beside the record leaves it there. */
  focus?: boolean;
}

export function sheet(close: () => void, { focus = false }: Options = {}): Attachment<HTMLElement> {
  return (element) => {
    const opener = document.activeElement;
    const taken = layers.add(close);
    // What it holds, not the button that closes it.
    if (focus) (element.querySelector<HTMLElement>(`.scroll :is(${FOCUSABLE})`) ?? element.querySelector<HTMLElement>(FOCUSABLE))?.focus();
    return () => {
      taken();
      void tick().then(() => {
        const { activeElement } = document;
        if (activeElement !== null && activeElement !== document.body) return;
        if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus();
        else refocus();
      });
    };
  };
}
