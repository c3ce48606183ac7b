// Path patterns that decisions bind, for the Paths tab of the search. Pure.
import type { DecisionSummary } from "../ipc/bindings";
import { labelOf, type Standing, standingOf } from "./decisions";

/** A pattern with the decisions that bind it, those in force first. */
export interface BoundPath {
  readonly glob: string;
  readonly decisions: readonly DecisionSummary[];
}

const RANK: Record<Standing, number> = { "in-force": 0, open: 1, unclear: 2, past: 3 };

/** Patterns of these decisions: those that hold the words first, then by how many decisions bind them. Patterns that take something out again bind nothing. */
export function boundPaths(decisions: readonly DecisionSummary[], words: string): BoundPath[] {
  const byGlob = new Map<string, DecisionSummary[]>();
  for (const decision of decisions) {
    for (const glob of decision.applies_to.filter((one) => !one.startsWith("!"))) byGlob.set(glob, [...(byGlob.get(glob) ?? []), decision]);
  }
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (glob: string) => (asked.some((word) => glob.toLowerCase().includes(word)) ? 0 : 1);
  const found = [...byGlob].map(([glob, of]) => ({ glob, decisions: of.sort((a, b) => RANK[standingOf(a)] - RANK[standingOf(b)] || (b.number ?? 0) - (a.number ?? 0) || (labelOf(a) < labelOf(b) ? -1 : 1)) }));
  return found.sort((a, b) => holds(a.glob) - holds(b.glob) || b.decisions.length - a.decisions.length || (a.glob < b.glob ? -1 : 1));
}
