// Words that the records of a log use in a field, for suggestions. Pure.
import type { DecisionSummary } from "../ipc/bindings";

const MOST = 8;

/** The most used first, then by the alphabet. */
export function wordsOf(decisions: readonly DecisionSummary[], of: (one: DecisionSummary) => readonly string[]): string[] {
  const uses = new Map<string, number>();
  for (const word of decisions.flatMap(of)) uses.set(word, (uses.get(word) ?? 0) + 1);
  return [...uses].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([word]) => word);
}

export const peopleOf = (one: DecisionSummary): readonly string[] => [...one.decision_makers, ...one.consulted, ...one.informed];

/** Those that fit what is typed and are not taken, beginnings first. */
export function offered(known: readonly string[], taken: readonly string[], typed: string): string[] {
  const wanted = typed.trim().toLowerCase();
  const fits = known.filter((word) => !taken.includes(word) && word.toLowerCase().includes(wanted));
  const begins = (word: string): boolean => word.toLowerCase().replace(/^@|^team:/, "").startsWith(wanted.replace(/^@/, ""));
  return [...fits.filter(begins), ...fits.filter((word) => !begins(word))].slice(0, MOST);
}
