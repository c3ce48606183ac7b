// The links that a record states itself, by relation. What others say of it stands in their records. Pure.
import type { DecisionSummary } from "../ipc/bindings";

export interface OwnLink {
  relation: string;
  path: string;
}

export function ownLinks(summary: DecisionSummary): OwnLink[] {
  const of = (relation: string, paths: readonly string[]): OwnLink[] => paths.map((path) => ({ relation, path }));
  return [
    ...of("supersedes", summary.stated_supersedes),
    ...of("superseded-by", summary.stated_superseded_by),
    ...of("amends", summary.stated_amends),
    ...of("amended-by", summary.stated_amended_by),
    ...summary.relates_to.map(({ as, path }) => ({ relation: as, path })),
  ];
}
