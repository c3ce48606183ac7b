// Ids and names of rows, shared by the tree and what points at it.
import { rowDate } from "../../lib/i18n/dates";
import { rowDay } from "../../lib/model/decisions";
import type { DecisionSummary } from "../../lib/ipc/bindings";

/** A valid id made of a row's key. */
export function rowId(key: string): string {
  return `row-${key.replaceAll(/[^A-Za-z0-9-]/g, (sign) => `_${sign.charCodeAt(0).toString(36)}`)}`;
}

/** The quiet parts of a row's second line. */
export function metaOf(decision: DecisionSummary, today: string): string[] {
  const [maker] = decision.decision_makers;
  return [decision.scope, maker, rowDate(rowDay(decision), today)].filter((part): part is string => Boolean(part));
}
