// A line of code in pieces: coloured ones, and those that a finding is about.
import type { FindingItem } from "../ipc/bindings";

export interface Piece {
  readonly text: string;
  /** Class of its colour; empty for none. */
  readonly kind: string;
  /** The finding is about it. */
  readonly hit: boolean;
}

/** Where a finding begins and ends in a line, in characters from 0; null where it is not about the line. */
export function hitIn(line: string, number: number, finding: FindingItem): [number, number] | null {
  if (number < finding.line || number > finding.end_line) return null;
  const letters = [...line];
  const start = number === finding.line ? finding.column - 1 : letters.findIndex((letter) => letter.trim() !== "");
  const end = number === finding.end_line ? finding.end_column - 1 : letters.length;
  return [Math.max(0, start), Math.max(start, end)];
}

/** Pieces cut where the finding begins and ends, so that what it is about can be marked. */
export function marked(pieces: readonly Piece[], hit: readonly [number, number] | null): Piece[] {
  if (hit === null || hit[0] >= hit[1]) return [...pieces];
  const [start, end] = hit;
  let at = 0;
  return pieces.flatMap((piece) => {
    const letters = [...piece.text];
    const from = at;
    at += letters.length;
    const cut = (to: number) => Math.min(letters.length, Math.max(0, to - from));
    const part = (begin: number, stop: number, hit: boolean): Piece => ({ ...piece, text: letters.slice(begin, stop).join(""), hit });
    return [part(0, cut(start), false), part(cut(start), cut(end), true), part(cut(end), letters.length, false)].filter(({ text }) => text !== "");
  });
}
