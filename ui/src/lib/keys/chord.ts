// Key chords as text: `mod+shift+f`, `g l` (a sequence), `[`. `mod` is Ctrl, on macOS ⌘. Pure: no DOM beyond the
// KeyboardEvent fields it is given.
import { t } from "../i18n/messages";

export interface KeyInput {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

let mac = false;

/** Set once at boot from the platform. */
export function usePlatform(platform: string): void {
  mac = platform === "macos" || platform === "darwin";
}

const NAMED: Record<string, string> = { " ": "space", Esc: "escape", ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right", "+": "plus" };

/** The chord of a key press in canonical order: mod, alt, shift, key. */
export function chordOf(event: KeyInput): string {
  const key = NAMED[event.key] ?? event.key.toLowerCase();
  const mod = mac ? event.metaKey : event.ctrlKey;
  const parts: string[] = [];
  if (mod) parts.push("mod");
  if (mac && event.ctrlKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  // The shift that only makes the character ("?", "N" is named) is part of the key itself.
  if (event.shiftKey && (key.length > 1 || /[a-z]/.test(key) || mod)) parts.push("shift");
  parts.push(key);
  return parts.join("+");
}

/** A letter, digit or sign without Mod or Alt: acts only while a list or the reader has focus (WCAG 2.1.4). */
export function isSingleKey(chord: string): boolean {
  const first = chord.split(" ")[0] ?? "";
  return !/^(mod|ctrl|alt)\+/.test(first) && !/^(shift\+)?(f\d+|escape|up|down|left|right|home|end|pageup|pagedown|tab|enter|delete|backspace|contextmenu|space)$/.test(first);
}

const SYMBOLS: Record<string, string> = { up: "↑", down: "↓", left: "←", right: "→", plus: "+", minus: "−", "-": "−" };
const MAC_SYMBOLS: Record<string, string> = { mod: "⌘", ctrl: "⌃", alt: "⌥", shift: "⇧", enter: "↩", backspace: "⌫" };

/** Key caps of one chord in the platform's words. */
export function capsOf(chord: string): string[] {
  const words: Record<string, string> = { mod: t.keys.ctrl, ...t.keys };
  return chord.split("+").map((part) => {
    if (mac && MAC_SYMBOLS[part]) return MAC_SYMBOLS[part];
    return SYMBOLS[part] ?? words[part] ?? part.toUpperCase();
  });
}

/** A chord in words, for sentences: `Ctrl K`, `G then L`. */
export function capsText(chord: string): string {
  return chord.split(" ").map((step) => capsOf(step).join(" ")).join(` ${t.keys.then} `);
}
