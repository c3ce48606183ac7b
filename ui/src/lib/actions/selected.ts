// What can be done with several chosen records at once.
import Copy from "@lucide/svelte/icons/copy";
import ListChecks from "@lucide/svelte/icons/list-checks";

import { copyText } from "../clipboard";
import { t } from "../i18n/messages";
import { labelOf } from "../model/decisions";
import { library } from "../state/library.svelte";
import { navigation } from "../state/navigation.svelte";
import { toasts } from "../state/toasts.svelte";
import { workspace } from "../state/workspace.svelte";
import type { Action } from "./actions.svelte";

const none = () => (navigation.screen === "library" && library.selected.length > 0 ? null : t.actions.nothingSelected);

export function selectedActions(): Action[] {
  return [
    { id: "selected.edit", group: "decision", icon: ListChecks, title: () => t.actions.editSelected, unavailable: () => none() ?? (workspace.past ? t.past.readOnly : null), run: () => navigation.openDialog({ name: "bulk", paths: library.selected }) },
    { id: "selected.copy", group: "decision", icon: Copy, title: () => t.actions.copySelected, unavailable: none, run: copyReferences },
  ];
}

/** Number and title of each chosen record, one a line, in the order of the list. */
export async function copyReferences(): Promise<void> {
  const lines = library.selected.flatMap((path) => {
    const decision = workspace.byPath.get(path);
    return decision ? [t.reader.reference(t.common.adr(labelOf(decision)), decision.title)] : [];
  });
  if (await copyText(lines.join("\n"))) toasts.show(t.library.select.copied(lines.length));
}
