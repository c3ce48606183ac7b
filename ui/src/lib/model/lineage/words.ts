// What is said of a bar: its accessible name and tooltip, and the line under a number in the chain. Pure.
import { longDate, monthYear, tenure } from "../../i18n/dates";
import { t } from "../../i18n/messages";
import type { ChainNode, DecisionSummary } from "../../ipc/bindings";
import { labelOf, shownStatus } from "../decisions";
import { heldOn, type Item, isoOf, type Strand } from "./strands";

const words = t.lineage;

/** `0058, Refresh balances…, superseded, held 31 months, August 2023 to March 2026`. */
export function barName(item: Item, today: string, asOf: number | null): string {
  const { decision } = item;
  const parts = [t.status[shownStatus(decision) ?? "none"].toLowerCase(), ...tenureWords(item, today)];
  if (asOf !== null) parts.push((heldOn(item, asOf) ? words.heldThen : words.notHeldThen)(longDate(isoOf(asOf))));
  return words.bar(labelOf(decision), decision.title, parts);
}

function tenureWords(item: Item, today: string): string[] {
  const from = item.from === null ? null : isoOf(item.from);
  const to = item.to === null ? null : isoOf(item.to);
  if (item.kind === "undated") return [words.undated];
  if (item.kind === "point") return from === null ? [] : [words.on(longDate(from))];
  if (item.kind === "open") return from === null ? [] : [words.proposedOn(longDate(from))];
  if (from === null) return [words.until(monthYear(to ?? ""))];
  if (to === null && !item.decision.in_force) return [words.began(monthYear(from))];
  const span = tenure(from, to ?? today);
  const held = span === null ? [] : [to === null ? words.holding(span) : words.held(span)];
  return [...held, to === null ? words.since(monthYear(from)) : words.fromTo(monthYear(from), monthYear(to))];
}

/** A decision as the chain's ribbon knows it. */
export function nodeOf(decision: DecisionSummary): ChainNode {
  const open = decision.status === "draft" || decision.status === "proposed";
  return {
    path: decision.path, label: labelOf(decision), title: decision.title, status: shownStatus(decision),
    from: decision.held_from, to: decision.held_to, role: open && decision.supersedes.length > 0 ? "would-replace" : "decided",
  };
}

/** Time from the beginning of a chain to its end or today; null when it has no day. */
export function spanOf(strand: Strand, today: string): string | null {
  const days = strand.members.flatMap((item) => (item.kind === "held" ? [item.from, item.to] : [])).filter((day) => day !== null);
  if (days.length === 0) return null;
  const holds = strand.members.some(({ decision }) => decision.in_force);
  return tenure(isoOf(Math.min(...days)), holds ? today : isoOf(Math.max(...days)));
}

export type RelationKind = "amends" | "depends" | "relates";

const AMENDING = /^(amend|refine|clarif|correct|extend|update)/;
const DEPENDING = new Set(["depends-on", "required-by"]);

/** The kind under which the menu switches a relation. */
export function kindOf(relation: string): RelationKind {
  return AMENDING.test(relation) ? "amends" : DEPENDING.has(relation) ? "depends" : "relates";
}
