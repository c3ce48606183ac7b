// What can be done with a record that need not be the one on screen: the palette's second level.
import ArrowRight from "@lucide/svelte/icons/arrow-right";
import Columns2 from "@lucide/svelte/icons/columns-2";
import Copy from "@lucide/svelte/icons/copy";
import FolderInput from "@lucide/svelte/icons/folder-input";
import Link from "@lucide/svelte/icons/link";
import Pencil from "@lucide/svelte/icons/pencil";
import Replace from "@lucide/svelte/icons/replace";
import TextCursorInput from "@lucide/svelte/icons/text-cursor-input";
import Waypoints from "@lucide/svelte/icons/waypoints";

import { actions, type Action } from "../../lib/actions/actions.svelte";
import { appLink, copied, openBeside as bringBeside } from "../../lib/actions/record";
import { t } from "../../lib/i18n/messages";
import type { DecisionSummary } from "../../lib/ipc/bindings";
import { labelOf } from "../../lib/model/decisions";
import { frame } from "../../lib/state/frame.svelte";
import { layout } from "../../lib/state/layout.svelte";
import { navigation } from "../../lib/state/navigation.svelte";
import { workspace } from "../../lib/state/workspace.svelte";

/** The action that opens the chosen record in a second reader, where there is one. */
const BESIDE = "decision.beside";

/** Opens a record where it is read. */
export async function openRecord(path: string, anchor: string | null = null): Promise<void> {
  if (await navigation.go({ screen: "library", path, anchor })) frame.wantReader();
}

/** Whether a record can be opened beside another here. */
export function canOpenBeside(): boolean {
  return actions.find(BESIDE) !== undefined;
}

/** The record that is read stays; this one comes beside it. Where there is no second reader it is opened. */
export async function openBeside(path: string): Promise<void> {
  // Beside nothing, and in a window of one pane, it is simply read.
  if (!canOpenBeside() || layout.onePane || (navigation.screen === "library" && navigation.place.path === null)) await openRecord(path);
  else await bringBeside(path);
}

export function copyLinkTo(decision: DecisionSummary): Promise<void> {
  const label = t.common.adr(labelOf(decision));
  return copied(appLink(label), t.palette.linkCopied(label));
}

export function recordCommands(decision: DecisionSummary): Action[] {
  const { path } = decision;
  const label = t.common.adr(labelOf(decision));
  const x = t.actions;
  const now = () => (workspace.past ? t.past.readOnly : null);
  const from = (statuses: readonly string[], why: string) => () => now() ?? (statuses.includes(decision.status ?? "") ? null : why);
  const dialog = (id: string, title: string, icon: Action["icon"], open: Parameters<typeof navigation.openDialog>[0], unavailable = now): Action => ({ id, group: "decision", icon, title: () => title, unavailable, run: () => navigation.openDialog(open) });
  const step = (status: "proposed" | "accepted" | "rejected" | "deprecated", allowed: readonly string[]) => dialog(status, x.setStatus[status](label), ArrowRight, { name: "status", path, status }, from(allowed, x.notFrom[status]));
  const possible = (action: Action) => !action.unavailable?.();
  return [
    { id: "open", group: "go", icon: ArrowRight, keys: ["enter"], title: () => t.palette.open, run: () => openRecord(path) },
    ...(canOpenBeside() ? [{ id: "beside", group: "go" as const, icon: Columns2, title: () => t.palette.beside, run: () => openBeside(path) }] : []),
    { id: "edit", group: "decision", icon: Pencil, title: () => x.edit(label), unavailable: now, run: () => navigation.go({ screen: "editor", path }) },
    dialog("supersede", x.supersede(label), Replace, { name: "supersede", path }, () => now() ?? (decision.in_force ? null : t.reader.wrongStatus)),
    ...[step("proposed", ["draft"]), step("accepted", ["draft", "proposed"]), step("rejected", ["draft", "proposed"]), step("deprecated", ["accepted"])].filter(possible),
    dialog("link", x.acts.link(label), Link, { name: "link", path }),
    dialog("rename", x.acts.rename(label), TextCursorInput, { name: "rename", path }),
    dialog("move", x.acts.move(label), FolderInput, { name: "move", path }),
    { id: "lineage", group: "lineage", icon: Waypoints, title: () => t.lineage.commands.show(labelOf(decision)), run: () => navigation.go({ screen: "lineage", path }) },
    { id: "copy-link", group: "decision", icon: Link, keys: ["mod+c"], title: () => t.reader.copyLink, run: () => copyLinkTo(decision) },
    { id: "copy-reference", group: "decision", icon: Copy, title: () => t.reader.copyReference, run: () => copied(t.reader.reference(label, decision.title), t.reader.referenceCopied(label)) },
    { id: "copy-path", group: "decision", icon: Copy, title: () => t.reader.copyPath, run: () => copied(path, t.reader.pathCopied) },
  ];
}
