// Every thing a user can do is one Action: the button, the key, the menu and the palette run the same function.
// Screens register theirs while they are shown; this file knows none of them.
import { untrack } from "svelte";

import type { IconComponent } from "../../components/shared/icon";
import { chordOf, isSingleKey, type KeyInput } from "../keys/chord";
import { prefs } from "../state/prefs.svelte";

/** Part of the palette's command list it belongs to. */
export type ActionGroup = "decision" | "go" | "search" | "lineage" | "governance" | "git" | "view" | "app";

/** Where its keys work: `anywhere`, or only inside elements marked `data-keys="list"`, `reader`, ... */
export type KeyContext = "anywhere" | "list" | "reader" | "editor" | "changes" | "lineage" | "governance";

export interface Action {
  readonly id: string;
  readonly group: ActionGroup;
  /** Verb first, sentence case, `…` when it asks for more. */
  readonly title: () => string;
  readonly icon?: IconComponent;
  /** Chords of lib/keys/chord; the first is the one shown. */
  readonly keys?: readonly string[];
  readonly contexts?: readonly KeyContext[];
  /** Why it cannot be done now ("nothing to commit"); null when it can. */
  readonly unavailable?: () => string | null;
  /** Kept out of the palette: moves that only make sense as keys. */
  readonly hidden?: boolean;
  /** Listed where the screen is not shown that has the action itself, and its keys. */
  readonly standIn?: boolean;
  /** Belongs to a list itself: its keys stay where they are. */
  readonly fixed?: boolean;
  readonly run: () => unknown;
}

/** The action with the keys that the user has given it. */
export function withOwnKeys(action: Action): Action {
  const keys = action.standIn ? undefined : prefs.keys.value[action.id];
  return keys ? { ...action, keys } : action;
}

/** The chord to show: single letters only while they are switched on. */
export function shownKeys(action: Action): string | undefined {
  return action.keys?.find((chord) => prefs.singleKeys.value || !isSingleKey(chord));
}

class Actions {
  #all = $state.raw<readonly Action[]>([]);
  readonly #bound = $derived(this.#all.map(withOwnKeys));

  /** With the user's own keys. */
  get all(): readonly Action[] {
    return this.#bound;
  }

  /** As registered. */
  get registered(): readonly Action[] {
    return this.#all;
  }

  find(id: string): Action | undefined {
    return this.#bound.find((action) => action.id === id);
  }

  /** First chord of an action that works, for tooltips and menus. */
  keysOf(id: string): string | undefined {
    const action = this.find(id);
    return action && shownKeys(action);
  }

  /** Whether a key press is one of an action's, as the user has them now. */
  isKey(id: string, event: KeyInput): boolean {
    return this.find(id)?.keys?.includes(chordOf(event)) ?? false;
  }

  /** The action that the user gave this key, where it can be pressed: it goes before what a text editor would do with it. */
  ofOwnKey(event: KeyInput, context: KeyContext): Action | undefined {
    const chord = chordOf(event);
    const fits = (action: Action) => !action.contexts || action.contexts.some((one) => one === "anywhere" || one === context);
    return this.#bound.find((action) => prefs.keys.value[action.id] !== undefined && action.keys?.includes(chord) && fits(action));
  }

  /** Adds actions until the answer is called. A later action with the same id wins while it is registered. */
  register(added: readonly Action[]): () => void {
    const ids = new Set(added.map((action) => action.id));
    // Callers are effects: registering must not make them depend on the list they change.
    const all = untrack(() => this.#all);
    const before = all.filter((action) => ids.has(action.id));
    this.#all = [...all.filter((action) => !ids.has(action.id)), ...added];
    return () => {
      this.#all = [...untrack(() => this.#all).filter((action) => !added.includes(action)), ...before];
    };
  }

  /** Runs one by id; says nothing when it is unknown or cannot be done now. */
  run(id: string): void {
    const action = this.find(id);
    if (action && !action.unavailable?.()) void action.run();
  }
}

export const actions = new Actions();
