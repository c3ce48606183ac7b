// From a key press to an action: contexts by `data-keys`, sequences (`g l`), and no single letters while someone types.
import type { Action, KeyContext } from "../actions/actions.svelte";
import { chordOf, isSingleKey, type KeyInput } from "./chord";

const SEQUENCE_MS = 1_000;

export interface KeySituation {
  contexts: ReadonlySet<KeyContext>;
  /** Focus is in a text field or the source editor. */
  typing: boolean;
  /** A modal dialog is open: only its own keys count. */
  modal: boolean;
  singleKeys: boolean;
}

/** Finds actions by key; remembers the first half of a sequence. */
export class KeyDispatcher {
  #prefix = "";
  #prefixAt = 0;

  /** The action a key press means, or null. `pending` tells that it may be the start of a sequence. */
  match(event: KeyInput, now: number, situation: KeySituation, actions: readonly Action[]): Action | "pending" | null {
    const chord = chordOf(event);
    const started = this.#prefix !== "" && now - this.#prefixAt < SEQUENCE_MS ? `${this.#prefix} ${chord}` : "";
    this.#prefix = "";
    const usable = actions.filter((action) => inContext(action, situation));
    for (const wanted of [started, chord]) {
      if (wanted === "" || !mayPress(wanted, situation)) continue;
      const found = usable.find((action) => action.keys?.includes(wanted));
      if (found) return found;
    }
    if (mayPress(chord, situation) && usable.some((action) => action.keys?.some((keys) => keys.startsWith(`${chord} `)))) {
      this.#prefix = chord;
      this.#prefixAt = now;
      return "pending";
    }
    return null;
  }
}

function inContext(action: Action, situation: KeySituation): boolean {
  const contexts = action.contexts ?? ["anywhere"];
  return contexts.some((context) => (context === "anywhere" ? !situation.modal : situation.contexts.has(context)));
}

function mayPress(chord: string, situation: KeySituation): boolean {
  // A text field takes back what was typed in it.
  if (situation.typing && /^mod\+(shift\+)?z$/.test(chord)) return false;
  return !isSingleKey(chord) || (situation.singleKeys && !situation.typing);
}

/** Reads the situation off the focused element. */
export function situationOf(target: EventTarget | null, singleKeys: boolean): KeySituation {
  const element = target instanceof Element ? target : null;
  const words = element?.closest("[data-keys]")?.getAttribute("data-keys")?.split(" ") ?? [];
  const typing = element !== null && element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], [contenteditable=true] *");
  return { contexts: new Set(words as KeyContext[]), typing, modal: document.querySelector("dialog[open], [data-modal]") !== null, singleKeys };
}
