// Splits a marked text into runs, and finds the words of a query in a text. Marks are UTF-16 code units, as JavaScript
// counts; out-of-range or overlapping ones are clipped, never thrown.
import type { Marked } from "../ipc/bindings";

export interface Run {
  text: string;
  marked: boolean;
}

export function splitMarks({ text, marks }: Marked): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(at, Math.min(start, text.length));
    const to = Math.max(from, Math.min(end, text.length));
    if (from > at) runs.push({ text: text.slice(at, from), marked: false });
    if (to > from) runs.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) runs.push({ text: text.slice(at), marked: false });
  return runs;
}

/**
 * Where the words of a query occur in a text, as `[start, end]`; a word matches at the beginning of a word and marks it
 * whole ("idem" marks "idempotency"), as the index finds it.
 */
export function findWords(text: string, words: readonly string[]): [number, number][] {
  const stems = words.map((word) => stem(word.toLowerCase())).filter((word) => word.length > 1);
  if (stems.length === 0) return [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.map(escape).join("|")})[\\p{L}\\p{N}]*`, "giu");
  return [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
}

/** The words a search marked in what it found, each once: other forms of what was typed among them. */
export function markedWords(texts: readonly Marked[]): string[] {
  const runs = texts.flatMap(splitMarks).filter((run) => run.marked);
  return [...new Set(runs.map((run) => run.text.toLowerCase()))];
}

/** The index stems English words; cutting common endings finds the same forms in the text. */
function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ies|ing|ed|es|s|y|e)$/u, "") : word;
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
