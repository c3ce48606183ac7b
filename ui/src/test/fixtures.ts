// Plain summaries for tests: everything empty except what a test names.
import type { DecisionSummary } from "../lib/ipc/bindings";

export function decision(given: Partial<DecisionSummary> & { path: string }): DecisionSummary {
  const label = /\d{4}/.exec(given.path)?.[0] ?? null;
  return {
    id: given.path.replace(/^.*\/|\.md$/g, ""), number: label === null ? null : Number(label), label, log: "docs/adr", title: given.path, status: "accepted", status_raw: null,
    date: null, proposed: null, accepted: null, review_by: null, decision_makers: [], consulted: [], informed: [], tags: [], scope: null, applies_to: [],
    supersedes: [], superseded_by: [], amends: [], amended_by: [], relates_to: [], cites: [], stated_supersedes: [], stated_superseded_by: [], stated_amends: [], stated_amended_by: [],
    in_force: (given.status ?? "accepted") === "accepted", held_from: null, held_to: null, reason_superseded: null, problems: [], dialect: "madr4", rules: [],
    ...given,
  };
}
