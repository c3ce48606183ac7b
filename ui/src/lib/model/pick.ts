// Decisions that fit what is typed into a picker: by number first, then those in force. Pure.
import type { DecisionSummary } from "../ipc/bindings";
import { labelOf } from "./decisions";

const MOST = 20;

export function matchDecisions(decisions: readonly DecisionSummary[], query: string, except: string): DecisionSummary[] {
  const words = query.toLowerCase().replace(/^adr-?/, "").split(/\s+/).filter(Boolean);
  const digits = /^0*(\d+)$/.exec(words[0] ?? "")?.[1];
  const rank = (one: DecisionSummary): number => (digits !== undefined && String(one.number ?? "").startsWith(digits) ? 0 : one.in_force ? 1 : 2);
  return decisions
    .filter((one) => one.path !== except && words.every((word) => `${labelOf(one)} ${one.title}`.toLowerCase().includes(word)))
    .map((one) => ({ one, rank: rank(one) }))
    .sort((a, b) => a.rank - b.rank || (b.one.number ?? 0) - (a.one.number ?? 0) || (a.one.path < b.one.path ? -1 : 1))
    .slice(0, MOST)
    .map(({ one }) => one);
}
