// The record that an open dialog is about, as it was when the dialog opened: renaming it must not change the dialog's own words.
import { untrack } from "svelte";

import { t } from "../../lib/i18n/messages";
import { labelOf } from "../../lib/model/decisions";
import { type DialogRequest, navigation } from "../../lib/state/navigation.svelte";
import { workspace } from "../../lib/state/workspace.svelte";

export interface Target {
  readonly path: string;
  /** `ADR-0012`, or the record's id where it has no number. */
  readonly label: string;
  readonly title: string;
}

/** Name of a record in a sentence. */
export function nameOf(path: string): string {
  const summary = workspace.byPath.get(path);
  return summary ? t.common.adr(labelOf(summary)) : path;
}

/** The request of the open dialog, when it is one of that name. */
export function asked<N extends DialogRequest["name"]>(...names: N[]): Extract<DialogRequest, { name: N }> | null {
  const dialog = untrack(() => navigation.dialog);
  return dialog && (names as string[]).includes(dialog.name) ? (dialog as Extract<DialogRequest, { name: N }>) : null;
}

export function target(name: "rename" | "move" | "delete" | "renumber" | "link" | "amend"): Target {
  const request = asked(name) as { path: string } | null;
  const path = request?.path ?? "";
  const summary = untrack(() => workspace.byPath.get(path));
  return { path, label: untrack(() => nameOf(path)), title: summary?.title ?? "" };
}
