// Facts and relations of a record in the order the About pane shows them. Pure.
import { t } from "../i18n/messages";
import { daysBetween } from "../i18n/dates";
import { listed } from "../i18n/plural";
import type { DecisionSummary } from "../ipc/bindings";

export interface Fact {
  name: string;
  value: string;
  isDate: boolean;
  note?: string;
}

export interface RelatedRecord {
  /** `supersedes`, `amended-by`, `cites`, or the record's own word. */
  relation: string;
  path: string;
}

/** Two letters of a name: of its first and last word, or of its only one. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.at(-1) ?? "";
  const letters = words.length > 1 ? [...(words[0] ?? "")].slice(0, 1).concat([...last].slice(0, 1)) : [...last].slice(0, 2);
  return letters.join("").toUpperCase();
}

export function factsOf(decision: DecisionSummary, severalLogs: boolean): Fact[] {
  const words = t.reader.facts;
  const facts: Fact[] = [];
  const date = (name: string, value: string | null, note?: string) => value && facts.push({ name, value, isDate: true, note });
  const text = (name: string, value: string | null) => value && facts.push({ name, value, isDate: false });
  const lead = daysBetween(decision.proposed, decision.accepted);
  date(words.proposed, decision.proposed);
  date(words.accepted, decision.accepted, lead !== null && lead >= 0 ? t.reader.afterDays(lead) : undefined);
  if (decision.date !== decision.accepted && decision.date !== decision.proposed) date(words.date, decision.date);
  date(words.reviewBy, decision.review_by);
  if (decision.status === "other") text(words.status, decision.status_raw);
  text(words.scope, decision.scope);
  if (severalLogs) text(words.log, decision.log === "" ? t.library.rootLog : decision.log);
  text(words.deciders, listed(decision.decision_makers));
  text(words.consulted, listed(decision.consulted));
  text(words.informed, listed(decision.informed));
  return facts;
}

/** Every link once: what is stated as a relation is not repeated as a citation. */
export function relationsOf(decision: DecisionSummary): RelatedRecord[] {
  const related = [
    ...decision.supersedes.map((path) => ({ relation: "supersedes", path })),
    ...decision.superseded_by.map((path) => ({ relation: "superseded-by", path })),
    ...decision.amends.map((path) => ({ relation: "amends", path })),
    ...decision.amended_by.map((path) => ({ relation: "amended-by", path })),
    ...decision.relates_to.map(({ path, as }) => ({ relation: as, path })),
  ];
  const named = new Set(related.map(({ path }) => path));
  const cites = decision.cites.filter((path) => !named.has(path) && path !== decision.path).map((path) => ({ relation: "cites", path }));
  const seen = new Set<string>();
  return [...related, ...cites].filter(({ relation, path }) => !seen.has(`${relation} ${path}`) && Boolean(seen.add(`${relation} ${path}`)));
}
