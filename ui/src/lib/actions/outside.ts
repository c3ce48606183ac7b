// What can be done with the current record in other programs.
import ExternalLink from "@lucide/svelte/icons/external-link";
import FolderSearch from "@lucide/svelte/icons/folder-search";

import { t } from "../i18n/messages";
import { openInEditor, revealRecord } from "../state/outside";
import { selection } from "../state/selection.svelte";
import { workspace } from "../state/workspace.svelte";
import type { Action } from "./actions.svelte";

const unavailable = () => (selection.current === null ? t.actions.noRecord : workspace.past ? t.past.readOnly : null);

export function outsideActions(): Action[] {
  return [
    { id: "decision.open-editor", group: "decision", icon: ExternalLink, keys: ["o"], contexts: ["list", "reader", "lineage"], title: () => t.actions.openInEditor, unavailable, run: () => selection.path !== null && openInEditor(selection.path) },
    { id: "decision.reveal", group: "decision", icon: FolderSearch, title: () => t.actions.revealFile, unavailable, run: () => selection.path !== null && revealRecord(selection.path) },
  ];
}
