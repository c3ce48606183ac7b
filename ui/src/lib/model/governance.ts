// Governance as rows: findings in groups, rules by how their decisions stand, waivers by how they fare. Pure.
import type { BindingDecision, CodeExcerpt, DecisionClause, FindingItem, FindingState, GovernanceView, RuleRow, WaiverRow } from "../ipc/bindings";

export type Grouping = "decision" | "path" | "owner";
/** Which findings are listed: those that count, those that are waived, those of the baseline. */
export type Shown = "existing" | "waived" | "baselined";

/** A row of a tree of two levels. */
export interface TreeRowOf<G, I> {
  readonly key: string;
  readonly level: 1 | 2;
  readonly open: boolean | null;
  readonly at: number;
  readonly of: number;
  readonly group: G;
  readonly item: I | null;
}

export interface FindingGroup {
  readonly key: string;
  /** Path of the record behind them, where they are grouped by decision. */
  readonly record: string | null;
  readonly name: string;
  readonly findings: readonly FindingItem[];
  /** Waived ones of the same group, which are not listed here. */
  readonly waived: number;
}

export const findingKey = (finding: FindingItem): string => `${finding.rule} ${finding.path} ${finding.fingerprint}`;
export const keyOfRow = (row: RuleRow): string => `${row.file} ${row.key}`;

export const inState = (findings: readonly FindingItem[], state: FindingState): FindingItem[] => findings.filter((finding) => finding.state === state);

/** Records behind rules, by key. */
export const recordsOf = (rules: readonly RuleRow[]): ReadonlyMap<string, string> => new Map(rules.map(({ key, record }) => [key, record]));

const RANK = { error: 0, warning: 1, note: 2 } as const;

/** The folder of a path, at most two deep: a service, a package. */
export function areaOf(path: string): string {
  const folders = path.split("/").slice(0, -1);
  return folders.slice(0, 2).join("/");
}

/** Findings in groups: worst first, then the largest. */
export function grouped(view: GovernanceView, shown: Shown, by: Grouping, words: string): FindingGroup[] {
  const records = recordsOf(view.rules);
  const owners = new Map(view.clauses.map((clause: DecisionClause) => [clause.record, clause.owners[0] ?? ""]));
  const matches = matcher(words);
  const groupOf = (finding: FindingItem): { key: string; record: string | null; name: string } => {
    const record = records.get(finding.rule) ?? null;
    if (by === "path") return { key: areaOf(finding.path), record: null, name: areaOf(finding.path) };
    const owner = record === null ? "" : (owners.get(record) ?? "");
    return by === "owner" ? { key: owner, record: null, name: owner } : { key: record ?? finding.decision.path, record, name: finding.decision.title };
  };
  const groups = new Map<string, { key: string; record: string | null; name: string; findings: FindingItem[]; waived: number }>();
  for (const finding of view.verdict.findings) {
    const place = groupOf(finding);
    const group = groups.get(place.key) ?? { ...place, findings: [], waived: 0 };
    groups.set(place.key, group);
    if (finding.state === "waived") group.waived += 1;
    if (finding.state === shown && matches(`${finding.path} ${finding.rule} ${finding.message} ${finding.decision.title}`)) group.findings.push(finding);
  }
  const errors = (group: FindingGroup) => group.findings.filter(({ severity }) => severity === "error").length;
  const listed = [...groups.values()].filter(({ findings }) => findings.length > 0);
  for (const group of listed) group.findings.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  return listed.sort((a, b) => errors(b) - errors(a) || b.findings.length - a.findings.length || a.key.localeCompare(b.key));
}

/** Whether a text has all of these words. */
export function matcher(words: string): (text: string) => boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return (text) => wanted.every((word) => text.toLowerCase().includes(word));
}

/** Rows of groups; those of folded ones are left out. */
export function rowsOf<G, I>(groups: readonly { key: string; group: G; items: readonly { key: string; item: I }[] }[], folded: ReadonlySet<string>): TreeRowOf<G, I>[] {
  return groups.flatMap(({ key, group, items }, at) => {
    const open = !folded.has(key);
    const head: TreeRowOf<G, I> = { key, level: 1, open, at: at + 1, of: groups.length, group, item: null };
    const below = items.map(({ key, item }, at): TreeRowOf<G, I> => ({ key, level: 2, open: null, at: at + 1, of: items.length, group, item }));
    return open ? [head, ...below] : [head];
  });
}

/** How a decision's rules stand, in the order in which they are listed. */
export const STANDINGS = ["in-force", "rejected", "proposed"] as const;
export type StandingWord = (typeof STANDINGS)[number];

export function rulesByStanding(rules: readonly RuleRow[], words: string): { standing: StandingWord; rules: RuleRow[] }[] {
  const matches = matcher(words);
  const found = rules.filter((rule) => matches(`${rule.key} ${rule.kind} ${rule.message} ${rule.record}`));
  return STANDINGS.map((standing) => ({ standing, rules: found.filter((rule) => rule.standing === standing) })).filter(({ rules }) => rules.length > 0);
}

/** Waivers that need somebody come first. */
export const WAIVER_RESULTS = ["expired", "expiring", "unused", "waiting", "active"] as const;
export type WaiverWord = (typeof WAIVER_RESULTS)[number];

export function waiversByResult(waivers: readonly WaiverRow[], words: string): { result: WaiverWord; waivers: WaiverRow[] }[] {
  const matches = matcher(words);
  const found = waivers.filter((waiver) => matches(`${waiver.waives.join(" ")} ${waiver.reason} ${waiver.owner} ${waiver.path}`));
  const ending = (a: WaiverRow, b: WaiverRow) => a.expires.localeCompare(b.expires);
  return WAIVER_RESULTS.map((result) => ({ result, waivers: found.filter((waiver) => waiver.result === result).sort(ending) })).filter(({ waivers }) => waivers.length > 0);
}

/** How much of the time that a waiver was granted for is over, from 0 to 1; null where its beginning is not known. */
export function spent(waiver: WaiverRow): number | null {
  if (waiver.days === null || waiver.days <= 0) return null;
  return Math.min(1, Math.max(0, (waiver.days - waiver.days_left) / waiver.days));
}

/** A path as a glob that means it and nothing else. */
export const globOf = (path: string): string => path.replace(/[[*?{}]/g, (sign) => `[${sign}]`);

/** Decisions that bind, and those that would. */
export function byBinding(decisions: readonly BindingDecision[]): [BindingDecision[], BindingDecision[]] {
  return [decisions.filter(({ standing }) => standing !== "proposed"), decisions.filter(({ standing }) => standing === "proposed")];
}

/** Percent of lines that a decision in force binds; null before they are counted, and where there are none. */
export function share({ lines, bound_lines }: { lines: number | null; bound_lines: number | null }): number | null {
  return lines === null || lines === 0 ? null : Math.floor(((bound_lines ?? 0) * 100) / lines);
}

/** A finding as an example that its rule must let pass, in YAML: a text of JSON is one. */
export function exampleOf({ path, line, end_line }: FindingItem, { first, lines }: CodeExcerpt): string {
  const own = lines.slice(Math.max(0, line - first), end_line - first + 1);
  return `{path: ${JSON.stringify(path)}, content: ${JSON.stringify(own.map((text) => `${text}\n`).join(""))}}`;
}
