// The menu of actions for the current record: steps of its life, acts on its file, copies.
import { actions, shownKeys } from "../../lib/actions/actions.svelte";
import type { MenuGroups } from "../shared/menu";

const STEPS = ["decision.proposed", "decision.accepted", "decision.rejected", "decision.deprecated"];
const ACTS = ["decision.amend", "decision.link", "decision.rename", "decision.move", "decision.renumber", "decision.convert", "decision.delete"];
const COPIES = ["decision.copy-link", "decision.copy-permalink", "decision.copy-reference", "decision.copy-path", "decision.copy-markdown"];
const ELSEWHERE = ["lineage.show", "decision.open-editor", "decision.reveal", "decision.open-on-forge", "export.print"];
/** Left out where they cannot be done: the others say why. */
const ONLY_WHEN_POSSIBLE = new Set([...STEPS, "decision.renumber", "decision.convert", "decision.amend"]);

function items(ids: readonly string[]): MenuGroups[number] {
  return ids.flatMap((id) => {
    const action = actions.find(id);
    if (!action || (ONLY_WHEN_POSSIBLE.has(id) && action.unavailable?.())) return [];
    return [{ id, label: action.title(), icon: action.icon, keys: shownKeys(action), unavailable: action.unavailable?.() ?? null, danger: id === "decision.delete", run: () => actions.run(id) }];
  });
}

export function recordMenu(): MenuGroups {
  return [STEPS, ACTS, COPIES, ELSEWHERE].map(items).filter((group) => group.length > 0);
}

/** The menu of all chosen records together. */
export function selectedMenu(): MenuGroups {
  return [items(["selected.edit", "selected.copy"])];
}
