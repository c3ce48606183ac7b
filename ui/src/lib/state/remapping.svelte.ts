// Changing which keys run an action. What was chosen is kept in the settings file by the action's id.
import type { Action } from "../actions/actions.svelte";
import { takenBy } from "../keys/remap";
import { prefs } from "./prefs.svelte";

class Remapping {
  readonly changed = $derived(Object.keys(prefs.keys.value));

  isChanged(action: Action): boolean {
    return prefs.keys.value[action.id] !== undefined;
  }

  /** The action answers to this chord alone; none takes its key away. Others that have it lose it. */
  give(action: Action, chord: string | null, all: readonly Action[]): void {
    const next: Record<string, readonly string[]> = { ...prefs.keys.value, [action.id]: chord === null ? [] : [chord] };
    if (chord !== null) {
      for (const other of takenBy(chord, action, all)) next[other.id] = (other.keys ?? []).filter((keys) => takenBy(keys, other, [{ ...action, keys: [chord] }]).length === 0);
    }
    prefs.keys.value = next;
  }

  reset(action: Action): void {
    prefs.keys.value = Object.fromEntries(Object.entries(prefs.keys.value).filter(([id]) => id !== action.id));
  }

  resetAll(): void {
    prefs.keys.reset();
  }
}

export const remapping = new Remapping();
