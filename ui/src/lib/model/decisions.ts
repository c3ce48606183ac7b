// What screens ask of one summary: its standing group, its words, whether someone should look at it. Pure.
import type { DecisionSummary, ProblemItem, StatusWord } from "../ipc/bindings";
import { daysBefore } from "../i18n/dates";

export type Standing = "open" | "in-force" | "unclear" | "past";

const WEEK_DAYS = 7;

export function standingOf(decision: DecisionSummary): Standing {
  if (decision.in_force) return "in-force";
  if (decision.status === "draft" || decision.status === "proposed") return "open";
  return decision.status === null || decision.status === "other" ? "unclear" : "past";
}

/** `0121`, or the identity where the file name has no number. */
export function labelOf(decision: DecisionSummary): string {
  return decision.label ?? decision.id;
}

/** Status the glyph shows: an accepted record that another one replaced is drawn as superseded. */
export function shownStatus(decision: DecisionSummary): StatusWord | null {
  return decision.status === "accepted" && !decision.in_force && decision.superseded_by.length > 0 ? "superseded" : decision.status;
}

export function acceptedOn(decision: DecisionSummary): string | null {
  return decision.accepted ?? decision.date;
}

export function proposedOn(decision: DecisionSummary): string | null {
  return decision.proposed ?? decision.date;
}

/** The day that matters in a row: when it was proposed, decided, or last changed. */
export function rowDay(decision: DecisionSummary): string | null {
  const standing = standingOf(decision);
  return standing === "open" ? proposedOn(decision) : standing === "in-force" ? acceptedOn(decision) : decision.date;
}

/** The last of its own days: when it was proposed, decided or changed. */
export function changedOn(decision: DecisionSummary): string | null {
  const { date, accepted, proposed } = decision;
  let last = date;
  for (const day of [accepted, proposed]) if (day !== null && (last === null || day > last)) last = day;
  return last;
}

/** Something in the file is wrong enough that a person should look. */
export function needsAttention(decision: DecisionSummary): boolean {
  return decision.problems.some((problem) => problem.severity !== "note");
}

/** Front matter that is no YAML, a file that cannot be read, conflict markers: listed, but not understood. */
const UNREADABLE = new Set(["P001", "P016", "P019"]);
const DUPLICATE_NUMBER = "P002";
const NUMBER_ON_BRANCH = "P023";
const NOT_UTF8 = "P014";

/** Why the file can be listed but not understood; null when it can. */
export function unreadable(decision: DecisionSummary): ProblemItem | null {
  return decision.problems.find((problem) => UNREADABLE.has(problem.code) && problem.severity === "error") ?? null;
}

export function duplicateNumber(decision: DecisionSummary): ProblemItem | null {
  return decision.problems.find((problem) => problem.code === DUPLICATE_NUMBER) ?? null;
}

/** The other record of a ring of two that supersede each other. */
export function ringPartner(decision: DecisionSummary, byPath: ReadonlyMap<string, DecisionSummary>): string | null {
  return decision.supersedes.find((path) => byPath.get(path)?.supersedes.includes(decision.path)) ?? null;
}

/** Another branch has given a record's number to a different one. */
export function numberOnBranch(path: string, problems: readonly ProblemItem[]): ProblemItem | null {
  return problems.find((problem) => problem.code === NUMBER_ON_BRANCH && problem.path === path) ?? null;
}

/** Mended by another number, not by an edit of the text. */
export function sharesNumber(problem: ProblemItem): boolean {
  return problem.code === DUPLICATE_NUMBER || problem.code === NUMBER_ON_BRANCH;
}

/** Mended by writing the file as UTF-8: its text is read by a guess until then. */
export function needsConversion(problem: ProblemItem): boolean {
  return problem.code === NOT_UTF8;
}

/** Its file is in another encoding: shown, and written only once it is converted. */
export function notUtf8(decision: DecisionSummary): boolean {
  return decision.problems.some(needsConversion);
}

/** Proposed `staleAfter` days ago or longer (`stale-after` of the repository). */
export function isStale(decision: DecisionSummary, ages: Ages): boolean {
  if (decision.status !== "proposed") return false;
  const day = proposedOn(decision);
  return day !== null && day <= limits(ages).stale;
}

export function changedThisWeek(decision: DecisionSummary, ages: Ages): boolean {
  const { today } = ages;
  const { week } = limits(ages);
  const recent = (day: string | null) => day !== null && day > week && day <= today;
  return recent(decision.date) || recent(decision.proposed) || recent(decision.accepted);
}

/** What makes records old: the day it is, and how many days a proposal may wait. */
export interface Ages {
  readonly today: string;
  readonly staleAfter: number;
}

interface Limits extends Ages {
  /** Proposed on this day or before: stale. */
  readonly stale: string;
  /** Changed after this day: this week. */
  readonly week: string;
}

let known: Limits = { today: "", staleAfter: 0, stale: "", week: "" };

/** Worked out once a day, not once a record: the counts of ten thousand wait for it. The back end writes ISO days only. */
function limits({ today, staleAfter }: Ages): Limits {
  if (known.today !== today || known.staleAfter !== staleAfter) known = { today, staleAfter, stale: daysBefore(today, staleAfter), week: daysBefore(today, WEEK_DAYS) };
  return known;
}

/** Path of the record that changed last by its own dates: where reading starts. Dates ahead of today are not believed. */
export function newest(decisions: readonly DecisionSummary[], today: string): string | null {
  let best: { path: string; day: string } | null = null;
  for (const decision of decisions) {
    for (const day of [decision.date, decision.accepted, decision.proposed]) {
      if (day !== null && day <= today && (best === null || day > best.day)) best = { path: decision.path, day };
    }
  }
  return best?.path ?? decisions[0]?.path ?? null;
}

/** File name at the end of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Folder with its slash, empty at the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
