// The standing line under a title (DESIGN §18): does this still hold, since when, what does it bind. Pure; violations
// and consent join when their engines exist.
import { t } from "../i18n/messages";
import { daysBetween, longDate } from "../i18n/dates";
import type { DecisionSummary } from "../ipc/bindings";
import { acceptedOn, proposedOn, standingOf } from "./decisions";

/** When a decision held, as the chain of its record knows it (from history, better than its own dates). */
export interface Tenure {
  from: string | null;
  to: string | null;
}

export interface StandingLine {
  sentences: string[];
  /** Paths of records that replaced it; shown as links after "Superseded by". */
  successors: readonly string[];
}

export function standingLine(decision: DecisionSummary, held: Tenure | null, today: string): StandingLine {
  const line = (...sentences: string[]): StandingLine => ({ sentences, successors: [] });
  switch (standingOf(decision)) {
    case "in-force": {
      const since = decision.accepted ?? held?.from ?? acceptedOn(decision);
      return line(since ? t.reader.inForceSince(longDate(since)) : t.reader.inForce, binds(decision));
    }
    case "open":
      return line(openSentence(decision, today));
    case "unclear":
      return line(decision.status === null ? t.reader.noStatus : t.reader.unknownStatus(decision.status_raw ?? ""));
    case "past":
      return pastLine(decision, held);
  }
}

function binds(decision: DecisionSummary): string {
  const paths = decision.applies_to.filter((glob) => !glob.startsWith("!")).length;
  return paths === 0 ? t.reader.bindsNothing : t.reader.binds(paths);
}

function openSentence(decision: DecisionSummary, today: string): string {
  const since = proposedOn(decision);
  if (decision.status === "draft") return since ? t.reader.draftSince(longDate(since)) : t.reader.draft;
  const days = daysBetween(since, today);
  if (since === null || days === null) return t.reader.proposed;
  return days < 0 ? t.reader.proposedOn(longDate(since)) : days === 0 ? t.reader.proposedToday : t.reader.proposedDaysAgo(days);
}

function pastLine(decision: DecisionSummary, held: Tenure | null): StandingLine {
  if (decision.status === "rejected") {
    return { sentences: [decision.date ? t.reader.rejectedOn(longDate(decision.date)) : t.reader.rejected], successors: [] };
  }
  const from = decision.accepted ?? held?.from ?? null;
  const to = held?.to ?? null;
  const sentences: string[] = [];
  // The same day twice means that only the end is known.
  if (from && to && from !== to) sentences.push(t.reader.heldFromTo(longDate(from), longDate(to)));
  if (decision.superseded_by.length > 0) return { sentences, successors: decision.superseded_by };
  sentences.push(decision.status === "deprecated" ? t.reader.deprecated : t.reader.supersededByUnknown);
  return { sentences, successors: [] };
}
