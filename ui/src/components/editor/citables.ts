// The decisions that `[[` offers, with the current successor in place of a superseded one.
import { mount } from "svelte";

import { t } from "../../lib/i18n/messages";
import type { DecisionSummary } from "../../lib/ipc/bindings";
import StatusGlyph from "../shared/StatusGlyph.svelte";
import type { Citable } from "./source/citations";

/** How a record is cited in text: by its number, else by its id. */
export function citationOf(summary: DecisionSummary): string {
  return summary.label === null ? summary.id : t.common.adr(summary.label);
}

/** The last of the line of successors; the record itself when it has none. A ring of successors ends where it began. */
export function currentOf(summary: DecisionSummary, byPath: ReadonlyMap<string, DecisionSummary>): DecisionSummary {
  const seen: string[] = [];
  let current = summary;
  for (;;) {
    const next = current.superseded_by.map((path) => byPath.get(path)).find((one) => one !== undefined);
    if (!next || seen.includes(next.path) || next.path === summary.path) return current;
    seen.push(next.path);
    current = next;
  }
}

function glyph(summary: DecisionSummary): Node {
  const holder = document.createElement("span");
  mount(StatusGlyph, { target: holder, props: { status: summary.status, size: 13, surface: "var(--c-bg-raised)" } });
  return holder;
}

export function citablesOf(decisions: readonly DecisionSummary[], byPath: ReadonlyMap<string, DecisionSummary>): Citable[] {
  return decisions.map((summary) => {
    const current = summary.status === "superseded" ? currentOf(summary, byPath) : summary;
    const label = summary.label ?? summary.id;
    return {
      insert: citationOf(current),
      label,
      title: summary.title,
      inForce: summary.in_force,
      note: current === summary ? null : t.editor.insertInstead(label, current.label ?? current.id),
      glyph: () => glyph(summary),
    };
  });
}
