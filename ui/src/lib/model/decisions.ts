// What screens ask of one summary: its standing group, its words, whether someone should look at it. Pure.
import type { DecisionSummary, StatusWord } from "../ipc/bindings";
import { daysBetween } from "../i18n/dates";

export type Standing = "open" | "in-force" | "unclear" | "past";

/** Proposals older than this are stale (contract `stale-after`). */
export const STALE_DAYS = 30;
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

/** Something in the file is wrong enough that a person should look. */
export function needsAttention(decision: DecisionSummary): boolean {
  return decision.problems.some((problem) => problem.severity !== "note");
}

/** The file can be listed but not understood. */
export function isBroken(decision: DecisionSummary): boolean {
  return decision.problems.some((problem) => problem.severity === "error");
}

export function isStale(decision: DecisionSummary, today: string): boolean {
  return decision.status === "proposed" && (daysBetween(proposedOn(decision), today) ?? 0) >= STALE_DAYS;
}

export function changedThisWeek(decision: DecisionSummary, today: string): boolean {
  const days = [decision.date, decision.proposed, decision.accepted].map((day) => daysBetween(day, today));
  return days.some((age) => age !== null && age >= 0 && age < WEEK_DAYS);
}

/** File name at the end of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Folder with its slash, empty at the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
