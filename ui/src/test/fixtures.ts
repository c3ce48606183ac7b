// Plain summaries for tests: everything empty except what a test names.
import type { DecisionSummary, ListedDecision, Listing } from "../lib/ipc/bindings";

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

/** The list as the back end gives it, in one part. */
export function listing(decisions: readonly DecisionSummary[], more: Partial<Listing> = {}): Listing {
  const place = (path: string) => decisions.findIndex((one) => one.path === path);
  const places = (paths: readonly string[]) => paths.map(place).filter((at) => at >= 0);
  const rows = decisions.map((one): ListedDecision => ({
    ...(Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null)) as unknown as ListedDecision),
    supersedes: places(one.supersedes),
    superseded_by: places(one.superseded_by),
    amends: places(one.amends),
    amended_by: places(one.amended_by),
    relates_to: one.relates_to.map(({ path, as }) => ({ to: place(path), as })),
    cites: places(one.cites),
    stated_supersedes: places(one.stated_supersedes),
    stated_superseded_by: places(one.stated_superseded_by),
    stated_amends: places(one.stated_amends),
    stated_amended_by: places(one.stated_amended_by),
  }));
  return { generation: 1, parts: 1, logs: [], problems: [], decisions: rows, ...more };
}
