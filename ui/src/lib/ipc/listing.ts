// The list of records as it comes from the back end: in parts, without what is empty, other records by their place. It must
// not know screens or state.
import type { DecisionSummary, ListedDecision, Listing, Snapshot } from "./bindings";
import { call } from "./client";

/** All records of the open repository. Throws HostError. */
export async function decisions(): Promise<Snapshot> {
  for (;;) {
    const first = await call("decisions");
    const asked = Array.from({ length: first.parts - 1 }, (_, at) => call("decisions_part", { generation: first.generation, part: at + 1 }));
    const further = await Promise.all(asked);
    // Else somebody else asked for a list in between, and had the rest of this one thrown away.
    if (further.every((part) => part !== null)) return whole(first, further);
  }
}

/** The summaries of a list. What is empty, and what many records say, is one value for all of them. */
export function whole({ generation, logs, problems, decisions: first }: Listing, further: readonly ListedDecision[][]): Snapshot {
  const rows = [first, ...further].flat();
  const known = new Map<string, string>();
  const one = (text: string): string => {
    const before = known.get(text);
    if (before === undefined) known.set(text, text);
    return before ?? text;
  };
  const texts = (own: string[] | undefined): string[] => own?.map(one) ?? none;
  const paths = (places: number[] | undefined): string[] => places?.flatMap((at) => rows[at]?.path ?? []) ?? none;
  const summaries = rows.map((row): DecisionSummary => ({
    id: row.id,
    number: row.number ?? null,
    label: row.label ?? null,
    log: one(row.log),
    path: row.path,
    title: row.title,
    status: row.status ?? null,
    status_raw: row.status_raw === undefined ? null : one(row.status_raw),
    date: row.date ?? null,
    proposed: row.proposed ?? null,
    accepted: row.accepted ?? null,
    review_by: row.review_by ?? null,
    decision_makers: texts(row.decision_makers),
    consulted: texts(row.consulted),
    informed: texts(row.informed),
    tags: texts(row.tags),
    scope: row.scope === undefined ? null : one(row.scope),
    applies_to: texts(row.applies_to),
    supersedes: paths(row.supersedes),
    superseded_by: paths(row.superseded_by),
    amends: paths(row.amends),
    amended_by: paths(row.amended_by),
    relates_to: row.relates_to?.flatMap(({ to, as }) => (rows[to] ? { path: rows[to].path, as: one(as) } : [])) ?? none,
    cites: paths(row.cites),
    stated_supersedes: paths(row.stated_supersedes),
    stated_superseded_by: paths(row.stated_superseded_by),
    stated_amends: paths(row.stated_amends),
    stated_amended_by: paths(row.stated_amended_by),
    in_force: row.in_force,
    held_from: row.held_from ?? null,
    held_to: row.held_to ?? null,
    reason_superseded: row.reason_superseded ?? null,
    problems: row.problems ?? none,
    dialect: one(row.dialect),
    rules: row.rules ?? none,
  }));
  return { generation, logs, problems, decisions: summaries };
}

/** The one empty list: nobody changes a summary. */
const none: never[] = [];
Object.freeze(none);
