// Giving actions other keys: what may be pressed, and what else has them already. Pure.
import type { Action, KeyContext } from "../actions/actions.svelte";
import { isSingleKey } from "./chord";

/** Screens whose actions exist only while they are shown; others are there on every screen. */
const SCREENS = ["editor", "changes", "lineage", "governance"];

function screenOf(action: Action): string | null {
  const prefix = action.id.split(".")[0] ?? "";
  return SCREENS.includes(prefix) ? prefix : null;
}

/** Lists of records and readers are in the Library and in Search, on none of those screens. */
const ofRecords = (action: Action): boolean => action.contexts !== undefined && action.contexts.every((context) => context === "list" || context === "reader");

function meet(a: Action, b: Action): boolean {
  const [here, there] = [screenOf(a), screenOf(b)];
  if (here !== null && there !== null && here !== there) return false;
  if ((here !== null && ofRecords(b)) || (there !== null && ofRecords(a))) return false;
  const everywhere = (contexts: readonly KeyContext[] | undefined) => !contexts || contexts.includes("anywhere");
  if (everywhere(a.contexts) || everywhere(b.contexts)) return true;
  return (a.contexts ?? []).some((context) => b.contexts?.includes(context));
}

/** Two chords that cannot both be found: the same, or one the beginning of the other. */
const clash = (a: string, b: string): boolean => a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);

/** The other actions that a chord would run where `action` can run. */
export function takenBy(chord: string, action: Action, all: readonly Action[]): Action[] {
  return all.filter((other) => other.id !== action.id && meet(action, other) && (other.keys ?? []).some((keys) => clash(keys, chord)));
}

/** Keys that move, type, edit text or leave, everywhere: giving them away would leave people stuck. */
const KEPT = new Set(["tab", "shift+tab", "escape", "enter", "shift+enter", "space", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "backspace", "delete", "mod+c", "mod+v", "mod+x", "mod+a"]);

/** Why a chord cannot be given to an action at all; null when it can. */
export function refusal(chord: string): "kept" | "modifier" | null {
  if (chord.split(" ").some((step) => KEPT.has(step))) return "kept";
  return chord.split(" ").some((step) => /(^|\+)(control|shift|alt|altgraph|meta|dead|unidentified|capslock)$/.test(step)) ? "modifier" : null;
}

/** A chord that may begin a sequence, `g` of `g l`. */
export const mayBegin = (chord: string): boolean => isSingleKey(chord) && /^[a-z]$/.test(chord);

