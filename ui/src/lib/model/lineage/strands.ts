// Decisions as strands of time: a supersession chain, or a record that stands alone. What each held from and to, in whole
// days, and which strands the screen shows at first. Pure.
import { daysBefore, daysBetween } from "../../i18n/dates";
import type { DecisionSummary } from "../../ipc/bindings";
import { needsAttention } from "../decisions";

/**
 * - `held`: was or is in force and at least one end is known.
 * - `point`: decided on a day but never in force (rejected), or of a status nobody knows.
 * - `open`: draft or proposed, whatever its dates.
 * - `undated`: none of these has a day.
 */
export type ItemKind = "held" | "point" | "open" | "undated";

export interface Item {
  readonly decision: DecisionSummary;
  readonly kind: ItemKind;
  /** Day it began to hold, or the day of a point; null when not known. */
  readonly from: number | null;
  /** Day it fell; null while it holds or when not known. */
  readonly to: number | null;
}

export interface Strand {
  /** Path of its first member: stays while later ones join. */
  readonly key: string;
  /** Oldest first. */
  readonly members: readonly Item[];
  /** Scope of its newest decided member. */
  readonly scope: string | null;
}

const EPOCH = "1970-01-01";
const days = new Map<string, number | null>();
/** A day before this is a slip of the pen; believed, it would press everything else into one edge. */
const FIRST_DAY = dayOf("1990-01-01") ?? 0;

/** Days since 1970; null for what is no day. Logs name the same days over and over: each is read once. */
export function dayOf(iso: string | null): number | null {
  if (iso === null) return null;
  let day = days.get(iso);
  if (day === undefined) {
    day = daysBetween(EPOCH, iso);
    days.set(iso, day);
  }
  return day;
}

export function isoOf(day: number): string {
  return daysBefore(EPOCH, -Math.round(day));
}

function believed(iso: string | null): number | null {
  const day = iso === null ? null : dayOf(iso);
  return day !== null && day >= FIRST_DAY ? day : null;
}

export function itemOf(decision: DecisionSummary): Item {
  const item = (kind: ItemKind, from: number | null = null, to: number | null = null): Item => ({ decision, kind, from, to });
  if (decision.status === "draft" || decision.status === "proposed") return item("open", believed(decision.proposed ?? decision.date));
  const from = believed(decision.held_from);
  const to = believed(decision.held_to);
  if (from !== null || to !== null) return item("held", from, to);
  const day = believed(decision.date ?? decision.proposed);
  return decision.status === "accepted" || decision.status === "superseded" || decision.status === "deprecated" || day === null ? item("undated") : item("point", day);
}

/** The day a decision counts for in a sum by quarter. */
export function dayOfItem(item: Item): number | null {
  return item.from ?? item.to;
}

/** Was it in force on a day? Only what records say counts: an unknown beginning or end is no. */
export function heldOn(item: Item, day: number): boolean {
  return item.kind === "held" && item.from !== null && item.from <= day && (item.to === null ? item.decision.in_force : day < item.to);
}

/** Groups decisions into strands along their supersession links. */
export function strandsOf(decisions: readonly DecisionSummary[]): Strand[] {
  const items = new Map(decisions.map((decision) => [decision.path, itemOf(decision)]));
  const seen = new Set<string>();
  const strands: Strand[] = [];
  for (const path of items.keys()) {
    if (seen.has(path)) continue;
    const members: Item[] = [];
    const open = [path];
    seen.add(path);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const item = items.get(next);
      if (!item) continue;
      members.push(item);
      for (const linked of [...item.decision.supersedes, ...item.decision.superseded_by]) {
        if (seen.has(linked) || !items.has(linked)) continue;
        seen.add(linked);
        open.push(linked);
      }
    }
    strands.push(strand(members));
  }
  return strands;
}

function strand(members: Item[]): Strand {
  if (members.length > 1) {
    const depth = depths(members);
    const at = (item: Item) => depth.get(item.decision.path) ?? 0;
    members.sort((a, b) => Number(a.kind === "open") - Number(b.kind === "open") || at(a) - at(b) || (dayOfItem(a) ?? 0) - (dayOfItem(b) ?? 0) || (a.decision.path < b.decision.path ? -1 : 1));
  }
  const newest = members.findLast((item) => item.kind !== "open") ?? members.at(-1);
  return { key: members[0]?.decision.path ?? "", members, scope: newest?.decision.scope ?? null };
}

/** How many predecessors lie before each, so that missing days do not disorder a chain. A ring ends where it began. */
function depths(members: readonly Item[]): Map<string, number> {
  const items = new Map(members.map((item) => [item.decision.path, item]));
  const depth = new Map<string, number>();
  const of = (path: string, trail: ReadonlySet<string>): number => {
    const known = depth.get(path);
    if (known !== undefined) return known;
    const before = (items.get(path)?.decision.supersedes ?? []).filter((old) => items.has(old) && !trail.has(old));
    const found = before.length === 0 ? 0 : 1 + Math.max(...before.map((old) => of(old, new Set([...trail, path]))));
    depth.set(path, found);
    return found;
  };
  for (const { decision } of members) of(decision.path, new Set([decision.path]));
  return depth;
}

/** What is shown at first: chains, open records, and decisions in force that someone should look at. */
export function matters(strand: Strand): boolean {
  return strand.members.length > 1 || strand.members.some(({ kind, decision }) => kind === "open" || (decision.in_force && needsAttention(decision)));
}

/** The strands to show; where none matters, all: an empty screen would say that nothing was decided. */
export function shownStrands(strands: readonly Strand[], all: boolean): readonly Strand[] {
  if (all) return strands;
  const chosen = strands.filter(matters);
  return chosen.length > 0 ? chosen : strands;
}

export function countOf(strands: readonly Strand[]): number {
  return strands.reduce((sum, { members }) => sum + members.length, 0);
}
