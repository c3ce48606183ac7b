// The Library's list as rows of a tree: groups by standing, records, and under a decision in force the chain it ended.
// Pure: filters and folds come in, rows go out.
import type { DecisionSummary, StatusWord } from "../ipc/bindings";
import { acceptedOn, type Ages, changedOn, changedThisWeek, isStale, labelOf, needsAttention, type Standing, standingOf } from "./decisions";

export type ViewId = "in-force" | "stale" | "week" | "broken";
export const VIEWS: readonly ViewId[] = ["in-force", "stale", "week", "broken"];
export type SortId = "date" | "decided" | "number" | "title" | "cited";
export type GroupBy = "standing" | "scope" | "year" | "owner" | "none";

export interface Filters {
  readonly text: string;
  readonly statuses: readonly (StatusWord | "none")[];
  readonly tags: readonly string[];
  readonly scopes: readonly string[];
  readonly logs: readonly string[];
  readonly attention: boolean;
  readonly view: ViewId | null;
  /** Name of a kept search; what it finds comes with the input. */
  readonly saved: string | null;
}

export const NO_FILTERS: Filters = { text: "", statuses: [], tags: [], scopes: [], logs: [], attention: false, view: null, saved: null };

export interface GroupRow {
  readonly kind: "group";
  readonly key: string;
  /** A standing, or null where the list is grouped by something else. */
  readonly group: Standing | null;
  /** Scope, year or person; null for records that have none. */
  readonly name: string | null;
  readonly count: number;
  readonly folded: boolean;
}

export interface RecordRow {
  readonly kind: "record" | "past";
  readonly key: string;
  readonly decision: DecisionSummary;
  /** Key of the group, or of the successor's row for a chain member. */
  readonly parent: string;
  /** Records it replaced, when the row can unfold them. */
  readonly earlier: number;
  readonly folded: boolean;
  readonly position: number;
  readonly siblings: number;
  /** Depth in the tree, 1 at the top. */
  readonly level: number;
}

export type Row = GroupRow | RecordRow;

const ORDER: readonly Standing[] = ["open", "in-force", "unclear", "past"];

export interface TreeInput extends Ages {
  readonly decisions: readonly DecisionSummary[];
  readonly filters: Filters;
  readonly sort: SortId;
  readonly by?: GroupBy;
  /** Paths that the kept search finds; null while they are asked for, and without one. */
  readonly found?: ReadonlySet<string> | null;
  /** Keys of rows whose fold differs from the default (only "past" starts folded). */
  readonly toggled: ReadonlySet<string>;
}

export interface Tree {
  readonly rows: readonly Row[];
  /** Records that pass the filters, however folded. */
  readonly count: number;
}

export function isFiltering(filters: Filters): boolean {
  return filters.text.trim() !== "" || filters.attention || filters.view !== null || filters.saved !== null || [filters.statuses, filters.tags, filters.scopes, filters.logs].some((list) => list.length > 0);
}

/** Number of active filters, for the button's name. */
export function filterCount(filters: Filters): number {
  return filters.statuses.length + filters.tags.length + filters.scopes.length + filters.logs.length + (filters.attention ? 1 : 0);
}

export function buildTree(input: TreeInput): Tree {
  const { filters } = input;
  const words = wordsOf(filters.text);
  const filtering = isFiltering(filters);
  const found = (decision: DecisionSummary) => filters.saved === null || (input.found?.has(decision.path) ?? false);
  const passing = sorted(filtering ? input.decisions.filter((decision) => found(decision) && passes(decision, filters, words, input)) : input.decisions, input);
  const chains = new Chains(input.decisions);
  const rows: Row[] = [];
  for (const { key, group, name, members } of groupsOf(passing, input.by ?? "standing")) {
    const foldedByDefault = group === "past" && !filtering;
    const folded = key !== "" && input.toggled.has(key) !== foldedByDefault;
    if (key !== "") rows.push({ kind: "group", key, group, name, count: members.length, folded });
    if (!folded) members.forEach((decision, index) => addRecord(rows, decision, key, index, members.length, chains, input, filtering));
  }
  return { rows, count: passing.length };
}

/** Key of the group that a record stands in. */
export function groupKey(decision: DecisionSummary, by: GroupBy): string {
  return by === "none" ? "" : by === "standing" ? `group:${standingOf(decision)}` : `${by}:${nameIn(decision, by) ?? ""}`;
}

interface Group {
  /** Empty for the one group of a list without groups. */
  readonly key: string;
  readonly group: Standing | null;
  readonly name: string | null;
  readonly members: DecisionSummary[];
}

function groupsOf(passing: readonly DecisionSummary[], by: GroupBy): Group[] {
  if (by === "none") return passing.length === 0 ? [] : [{ key: "", group: null, name: null, members: [...passing] }];
  const groups = new Map<string | null, DecisionSummary[]>();
  for (const decision of passing) {
    const name = nameIn(decision, by);
    const members = groups.get(name);
    if (members) members.push(decision);
    else groups.set(name, [decision]);
  }
  if (by === "standing") return ORDER.filter((group) => groups.has(group)).map((group) => ({ key: `group:${group}`, group, name: null, members: groups.get(group) ?? [] }));
  // Years from the newest, words by the alphabet, what has none at the end.
  const sign = by === "year" ? -1 : 1;
  const names = [...groups.keys()].sort((a, b) => Number(a === null) - Number(b === null) || sign * titles.compare(a ?? "", b ?? ""));
  return names.map((name) => ({ key: `${by}:${name ?? ""}`, group: null, name, members: groups.get(name) ?? [] }));
}

function nameIn(decision: DecisionSummary, by: Exclude<GroupBy, "none">): string | null {
  switch (by) {
    case "standing":
      return standingOf(decision);
    case "scope":
      return decision.scope;
    case "year":
      return acceptedOn(decision)?.slice(0, 4) ?? null;
    case "owner":
      return decision.decision_makers[0] ?? null;
  }
}

function addRecord(rows: Row[], decision: DecisionSummary, parent: string, index: number, siblings: number, chains: Chains, input: TreeInput, filtering: boolean): void {
  const key = `record:${decision.path}`;
  // Grouped by anything else, what was replaced has a place of its own.
  const chained = !filtering && (input.by ?? "standing") === "standing";
  const earlier = chained && decision.in_force && decision.supersedes.length > 0 ? chains.before(decision) : [];
  const folded = input.toggled.has(key);
  rows.push({ kind: "record", key, decision, parent, earlier: earlier.length, folded, position: index + 1, siblings, level: parent === "" ? 1 : 2 });
  if (folded) return;
  earlier.forEach((old, at) => rows.push({ kind: "past", key: `chain:${decision.path}:${old.path}`, decision: old, parent: key, earlier: 0, folded: false, position: at + 1, siblings: earlier.length, level: 3 }));
}

/** What a decision replaced, nearest first; cycles end at the first repetition. */
class Chains {
  readonly #byPath: ReadonlyMap<string, DecisionSummary>;

  constructor(decisions: readonly DecisionSummary[]) {
    this.#byPath = new Map(decisions.map((decision) => [decision.path, decision]));
  }

  before(head: DecisionSummary): DecisionSummary[] {
    const seen = new Set([head.path]);
    const found: DecisionSummary[] = [];
    const queue = [...head.supersedes];
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const old = this.#byPath.get(path);
      if (!old || seen.has(path) || old.in_force) continue;
      seen.add(path);
      found.push(old);
      queue.push(...old.supersedes);
    }
    return found;
  }
}

function passes(decision: DecisionSummary, filters: Filters, words: readonly string[], ages: Ages): boolean {
  const any = <T>(wanted: readonly T[], has: (one: T) => boolean) => wanted.length === 0 || wanted.some(has);
  return (
    any(filters.statuses, (status) => (decision.status ?? "none") === status) &&
    any(filters.tags, (tag) => decision.tags.includes(tag)) &&
    any(filters.scopes, (scope) => decision.scope === scope) &&
    any(filters.logs, (log) => decision.log === log) &&
    (!filters.attention || needsAttention(decision)) &&
    inView(decision, filters.view, ages) &&
    mentions(decision, words)
  );
}

export function inView(decision: DecisionSummary, view: ViewId | null, ages: Ages): boolean {
  switch (view) {
    case null:
      return true;
    case "in-force":
      return decision.in_force;
    case "stale":
      return isStale(decision, ages);
    case "week":
      return changedThisWeek(decision, ages);
    case "broken":
      return needsAttention(decision);
  }
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Every word of the filter occurs somewhere in number, title, tags, scope or people. */
function mentions(decision: DecisionSummary, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const all = [labelOf(decision), decision.title, decision.scope ?? "", ...decision.tags, ...decision.decision_makers].join("\n").toLowerCase();
  return words.every((word) => all.includes(word));
}

const titles = new Intl.Collator("en", { sensitivity: "base", numeric: true });

/** A sorted copy. Keys are worked out once a record, not once a comparison: ten thousand rows wait for it. */
function sorted(decisions: readonly DecisionSummary[], { sort, decisions: all }: TreeInput): DecisionSummary[] {
  switch (sort) {
    case "number":
      return [...decisions].sort(byNumber);
    case "title":
      return [...decisions].sort((a, b) => titles.compare(a.title, b.title) || byNumber(a, b));
    case "date":
      return byKey(decisions, (decision) => changedOn(decision) ?? "", (a, b) => compareText(b, a));
    case "decided":
      return byKey(decisions, (decision) => acceptedOn(decision) ?? "", (a, b) => compareText(b, a));
    case "cited": {
      const cited = new Map<string, number>();
      for (const decision of all) for (const path of decision.cites) cited.set(path, (cited.get(path) ?? 0) + 1);
      return byKey(decisions, (decision) => cited.get(decision.path) ?? 0, (a, b) => b - a);
    }
  }
}

function byKey<K>(decisions: readonly DecisionSummary[], keyOf: (decision: DecisionSummary) => K, compare: (a: K, b: K) => number): DecisionSummary[] {
  const keyed = decisions.map((decision) => ({ decision, key: keyOf(decision) }));
  return keyed.sort((a, b) => compare(a.key, b.key) || byNumber(a.decision, b.decision)).map(({ decision }) => decision);
}

function byNumber(a: DecisionSummary, b: DecisionSummary): number {
  return (b.number ?? -1) - (a.number ?? -1) || (a.path < b.path ? -1 : 1);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The record a typed number means: exact label first, then the number itself. */
export function ofNumber(decisions: readonly DecisionSummary[], digits: string): DecisionSummary | undefined {
  return (
    decisions.find((decision) => decision.label === digits) ??
    decisions.find((decision) => decision.number === Number(digits)) ??
    decisions.find((decision) => decision.label?.startsWith(digits) ?? false)
  );
}
