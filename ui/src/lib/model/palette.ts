// What the palette shows for a query: groups of decisions and commands, best first, with the matched letters. Pure; the
// fuzzy matcher is uFuzzy, the order of equals is ours (DESIGN §6: in force before open before the rest).
import uFuzzy from "@leeoniya/ufuzzy";

import type { DecisionSummary } from "../ipc/bindings";
import { labelOf, type Standing, standingOf } from "./decisions";

/** Runs of matched letters: `[start, end, start, end, …]`. */
export type Marks = readonly number[];

export interface DecisionMatch {
  decision: DecisionSummary;
  marks: Marks;
  /** Matched by a tag, scope or its path, not by its title. */
  why: { kind: "scope" | "tag" | "path"; value: string } | null;
}

export interface CommandMatch<T> {
  command: T;
  marks: Marks;
}

export interface ParsedQuery {
  kind: "all" | "commands" | "number" | "tags" | "paths" | "people" | "place";
  text: string;
}

const fuzzy = new uFuzzy({ intraMode: 1, intraIns: 1, unicode: true, interSplit: "[^\\p{L}\\d']+", intraSplit: "\\p{Ll}\\p{Lu}", intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}", intraChars: "[\\p{L}\\d']", intraContr: "'\\p{L}{1,2}\\b" });
const MAX_INFO = 2_000;
const RANK: Record<Standing, number> = { "in-force": 0, open: 1, unclear: 2, past: 3 };

const PREFIXES: Readonly<Record<string, ParsedQuery["kind"]>> = { ">": "commands", "#": "tags", "/": "paths", "@": "people", ":": "place" };

/** Prefixes: `>` commands, `/` paths, `@` people, `#` tags and scopes, `:` a heading or line of the record; bare digits a number. */
export function parseQuery(query: string): ParsedQuery {
  const text = query.trim();
  const prefix = PREFIXES[text.charAt(0)];
  if (prefix) return { kind: prefix, text: text.slice(1).trim() };
  const digits = /^(?:adr[- ]?)?(\d+)$/i.exec(text);
  return digits ? { kind: "number", text: digits[1] ?? "" } : { kind: "all", text };
}

export function matchDecisions(decisions: readonly DecisionSummary[], query: ParsedQuery, recent: readonly string[]): DecisionMatch[] {
  if (query.text === "" || ["commands", "paths", "people", "place"].includes(query.kind)) return [];
  if (query.kind === "number") return byNumber(decisions, query.text);
  const needle = query.text.toLowerCase();
  const titles = query.kind === "tags" ? [] : byTitle(decisions, query.text, recent);
  const found = new Set(titles.map((match) => match.decision.path));
  const byWords = decisions.flatMap((decision): DecisionMatch[] => {
    if (found.has(decision.path)) return [];
    if (decision.scope?.toLowerCase().startsWith(needle)) return [{ decision, marks: [], why: { kind: "scope", value: decision.scope } }];
    const tag = decision.tags.find((one) => one.toLowerCase().startsWith(needle));
    return tag ? [{ decision, marks: [], why: { kind: "tag", value: tag } }] : pathOf(decision, needle, query.kind);
  });
  byWords.sort((a, b) => order(a.decision, b.decision, recent));
  return [...titles, ...byWords];
}

/** The file's own name, where nothing better matches. */
function pathOf(decision: DecisionSummary, needle: string, kind: ParsedQuery["kind"]): DecisionMatch[] {
  const enough = kind === "all" && needle.length >= 3 && decision.path.toLowerCase().includes(needle);
  return enough ? [{ decision, marks: [], why: { kind: "path", value: decision.path } }] : [];
}

/** Something several records name: a path pattern they bind, a person. */
export interface Named {
  readonly name: string;
  readonly count: number;
  readonly marks: Marks;
}

/** Names that hold the text, those that begin with it first, then by how many records have them. */
export function matchNames(counts: ReadonlyMap<string, number>, text: string): Named[] {
  const needle = text.toLowerCase();
  const found = [...counts].flatMap(([name, count]) => {
    const at = name.toLowerCase().indexOf(needle);
    return at < 0 ? [] : [{ name, count, marks: needle === "" ? [] : [at, at + needle.length], at }];
  });
  found.sort((a, b) => Number(a.at > 1) - Number(b.at > 1) || b.count - a.count || (a.name < b.name ? -1 : 1));
  return found;
}

/** How many records name each of these. */
export function countNames(decisions: readonly DecisionSummary[], namesOf: (decision: DecisionSummary) => readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const decision of decisions) for (const name of new Set(namesOf(decision))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function byNumber(decisions: readonly DecisionSummary[], digits: string): DecisionMatch[] {
  const match = (decision: DecisionSummary): DecisionMatch => ({ decision, marks: [], why: null });
  const exact = decisions.filter((decision) => decision.label === digits || decision.number === Number(digits));
  const rest = decisions.filter((decision) => !exact.includes(decision) && (decision.label?.includes(digits) ?? false));
  return [...exact, ...rest].map(match);
}

function byTitle(decisions: readonly DecisionSummary[], text: string, recent: readonly string[]): DecisionMatch[] {
  const titles = decisions.map((decision) => decision.title);
  const matches = search(titles, text);
  const first = text.toLowerCase();
  const isPrefix = (match: { index: number }) => (titles[match.index]?.toLowerCase().startsWith(first) ? 0 : 1);
  // uFuzzy's order is by quality of match; ours decides first between prefix and inside, then by standing among equals.
  const ranked = matches.map((match, quality) => ({ ...match, quality }));
  ranked.sort((a, b) => {
    const left = decisions[a.index];
    const right = decisions[b.index];
    return isPrefix(a) - isPrefix(b) || a.gaps - b.gaps || (left && right ? order(left, right, recent) : 0) || a.quality - b.quality;
  });
  return ranked.flatMap(({ index, marks }) => {
    const decision = decisions[index];
    return decision ? [{ decision, marks, why: null }] : [];
  });
}

function order(a: DecisionSummary, b: DecisionSummary, recent: readonly string[]): number {
  const visited = (decision: DecisionSummary) => {
    const at = recent.indexOf(decision.path);
    return at < 0 ? recent.length : at;
  };
  return RANK[standingOf(a)] - RANK[standingOf(b)] || visited(a) - visited(b) || (b.number ?? 0) - (a.number ?? 0) || (labelOf(a) < labelOf(b) ? -1 : 1);
}

export function matchCommands<T>(commands: readonly T[], title: (command: T) => string, text: string): CommandMatch<T>[] {
  if (text === "") return commands.map((command) => ({ command, marks: [] }));
  const titles = commands.map(title);
  const typed = text.toLowerCase();
  const asTyped = ({ index }: Found) => Number(titles[index]?.toLowerCase().includes(typed) ?? false);
  // Enter runs the first: what is written as typed comes before what a slip of the finger could have meant.
  const found = search(titles, text).sort((a, b) => asTyped(b) - asTyped(a));
  return found.flatMap(({ index, marks }) => {
    const command = commands[index];
    return command === undefined ? [] : [{ command, marks }];
  });
}

interface Found {
  index: number;
  marks: Marks;
  /** Letters skipped inside the match: 0 is the text as typed. */
  gaps: number;
}

function search(haystack: string[], text: string): Found[] {
  const [indexes, info, sorted] = fuzzy.search(haystack, text, 1, MAX_INFO);
  if (!indexes) return [];
  if (!info || !sorted) return indexes.map((index) => ({ index, marks: [], gaps: 0 }));
  return sorted.map((at) => ({ index: info.idx[at] ?? 0, marks: info.ranges[at] ?? [], gaps: Math.min(1, (info.intraIns[at] ?? 0) + (info.interIns[at] ?? 0)) }));
}
