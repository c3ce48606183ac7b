// What can be done with the current record. The screens that do it (editor, dialogs) are reached by navigation only.
import ArrowRight from "@lucide/svelte/icons/arrow-right";
import Ban from "@lucide/svelte/icons/ban";
import Check from "@lucide/svelte/icons/check";
import Columns2 from "@lucide/svelte/icons/columns-2";
import Copy from "@lucide/svelte/icons/copy";
import FileCog from "@lucide/svelte/icons/file-cog";
import FileDiff from "@lucide/svelte/icons/file-diff";
import FilePen from "@lucide/svelte/icons/file-pen";
import FileText from "@lucide/svelte/icons/file-text";
import FolderInput from "@lucide/svelte/icons/folder-input";
import Hash from "@lucide/svelte/icons/hash";
import Link from "@lucide/svelte/icons/link";
import Minus from "@lucide/svelte/icons/minus";
import Pencil from "@lucide/svelte/icons/pencil";
import Plus from "@lucide/svelte/icons/plus";
import Replace from "@lucide/svelte/icons/replace";
import TextCursorInput from "@lucide/svelte/icons/text-cursor-input";
import Trash from "@lucide/svelte/icons/trash-2";
import Waypoints from "@lucide/svelte/icons/waypoints";

import { copyText } from "../clipboard";
import { t } from "../i18n/messages";
import { headingInSight } from "../panes";
import { linkTo } from "../model/app-link";
import { labelOf, notUtf8 } from "../model/decisions";
import { library } from "../state/library.svelte";
import { beside } from "../state/beside.svelte";
import { editing } from "../state/editor.svelte";
import { frame } from "../state/frame.svelte";
import { layout } from "../state/layout.svelte";
import { navigation, type Place } from "../state/navigation.svelte";
import { type Reader, reader } from "../state/reader.svelte";
import { search } from "../state/search.svelte";
import { selection } from "../state/selection.svelte";
import { toasts } from "../state/toasts.svelte";
import { workspace } from "../state/workspace.svelte";
import type { Action } from "./actions.svelte";
import { copyReferences } from "./selected";

const nothing = () => (selection.current ? null : t.actions.noRecord);
const label = () => (selection.current ? t.common.adr(labelOf(selection.current)) : t.actions.thisRecord);
/** Why nothing can be written now; null when it can. */
const past = () => (workspace.past ? t.past.readOnly : null);
/** Acts on a record go by what is on disk: what is typed in its editor has to be there first. */
const unsaved = () => (editing.current?.dirty && editing.current.path === selection.path ? t.actions.saveFirst : null);
/** Why the current record cannot be written; null when it can. */
const unwritable = () => nothing() ?? past() ?? (shownView()?.read_only && shownView()?.summary.path === selection.path ? (selection.current && notUtf8(selection.current) ? t.actions.notUtf8 : t.actions.readOnly) : null);
/** The record that actions are about, as it is read. */
const shownView = () => shownReader().view;
function shownReader(): Reader {
  if (navigation.screen === "search") return search.preview;
  return navigation.screen === "library" && beside.focused ? beside.reader : reader;
}
const HAVE_MENU: ReadonlySet<string> = new Set(["library", "search", "lineage"]);
const CONTEXTS = ["list", "reader", "lineage"] as const;

/** Copies and says what was copied. */
export async function copied(text: string, said: string): Promise<void> {
  if (await copyText(text)) toasts.show(said);
}

/** A link that opens the app at a record. */
export function appLink(reference: string): string {
  return linkTo(workspace.info?.root ?? "", reference, null);
}

/** A link to the current record, and to the heading it was opened at. */
function linkToCurrent(): string {
  const alone = workspace.decisions.filter((decision) => decision.label === selection.current?.label).length === 1;
  const reference = alone ? label() : (selection.path ?? "");
  const anchor = navigation.screen === "library" ? navigation.place.anchor : null;
  return linkTo(workspace.info?.root ?? "", reference, anchor ?? null);
}

/** A legal next status as an action that opens the preview of what it writes. */
function statusAction(status: "proposed" | "accepted" | "rejected" | "deprecated", from: readonly string[], icon: Action["icon"]): Action {
  return {
    id: `decision.${status}`,
    group: "decision",
    icon,
    title: () => t.actions.setStatus[status](label()),
    unavailable: () => nothing() ?? past() ?? unsaved() ?? (from.includes(selection.current?.status ?? "") ? null : t.actions.notFrom[status]),
    run: () => selection.path !== null && navigation.openDialog({ name: "status", path: selection.path, status }),
  };
}

export function recordActions(): Action[] {
  const actions: Action[] = [
    { id: "decision.new", group: "decision", icon: Plus, keys: ["mod+n"], title: () => t.actions.newDecision, unavailable: () => (workspace.phase === "open" ? past() : t.actions.noRepository), run: () => navigation.openDialog({ name: "new" }) },
    {
      id: "decision.edit", group: "decision", icon: Pencil, keys: ["e"], contexts: CONTEXTS, title: () => t.actions.edit(label()),
      unavailable: unwritable,
      run: () => selection.path !== null && navigation.go({ screen: "editor", path: selection.path }),
    },
    {
      id: "decision.supersede", group: "decision", icon: Replace, keys: ["s"], contexts: CONTEXTS, title: () => t.actions.supersede(label()),
      unavailable: () => nothing() ?? past() ?? unsaved() ?? (selection.current?.in_force ? null : t.reader.wrongStatus),
      run: () => selection.path !== null && navigation.openDialog({ name: "supersede", path: selection.path }),
    },
    { id: "decision.copy-link", group: "decision", icon: Link, keys: ["c"], contexts: CONTEXTS, title: () => t.reader.copyLink, unavailable: nothing, run: () => copied(linkToCurrent(), t.reader.linkCopied(label())) },
    {
      id: "decision.copy-reference", group: "decision", icon: Copy, keys: ["shift+c"], contexts: CONTEXTS, title: () => t.reader.copyReference, unavailable: nothing,
      // Several chosen records are meant together.
      run: () => (library.selected.length > 0 && navigation.screen === "library" ? copyReferences() : selection.current && copied(t.reader.reference(label(), selection.current.title), t.reader.referenceCopied(label()))),
    },
    { id: "decision.menu", group: "decision", keys: [".", "shift+f10", "contextmenu"], contexts: CONTEXTS, hidden: true, title: () => t.common.more, unavailable: () => nothing() ?? (HAVE_MENU.has(navigation.screen) ? null : t.actions.noMenu), run: openMenu },
    {
      id: "lineage.show", group: "lineage", icon: Waypoints, title: () => t.lineage.commands.show(selection.current ? labelOf(selection.current) : t.actions.thisRecord), unavailable: nothing,
      run: () => selection.path !== null && navigation.go({ screen: "lineage", path: selection.path }),
    },
    {
      id: "decision.beside", group: "decision", icon: Columns2, keys: ["mod+enter"], contexts: ["list", "reader"], title: () => t.actions.openBeside(label()), unavailable: nothing,
      run: () => selection.path !== null && openBeside(selection.path),
    },
    { id: "decision.close-beside", group: "view", title: () => t.actions.closeBeside, unavailable: () => (beside.isOpen ? null : t.actions.noSecond), run: () => beside.close() },
    {
      id: "decision.last-change", group: "decision", icon: FileDiff, keys: ["d"], contexts: ["reader"], title: () => t.actions.lastChange(label()), unavailable: () => nothing() ?? (workspace.info?.git ? null : t.actions.noGit),
      run: showLastChange,
    },
    { id: "decision.copy-path", group: "decision", icon: FileText, title: () => t.reader.copyPath, unavailable: nothing, run: () => selection.path !== null && copied(selection.path, t.reader.pathCopied) },
  ];
  const statuses = [statusAction("proposed", ["draft"], ArrowRight), statusAction("accepted", ["draft", "proposed"], Check), statusAction("rejected", ["draft", "proposed"], Ban), statusAction("deprecated", ["accepted"], Minus)];
  return [...actions, ...statuses, ...acts()];
}

/** Acts that open a dialog with the plan of what they write. */
function acts(): Action[] {
  const act = (name: "rename" | "move" | "delete" | "renumber" | "link" | "amend", icon: Action["icon"], unavailable: () => string | null): Action => ({
    id: `decision.${name}`, group: "decision", icon, title: () => t.actions.acts[name](label()), unavailable,
    run: () => selection.path !== null && navigation.openDialog({ name, path: selection.path }),
  });
  const writable = () => unwritable() ?? unsaved();
  const numbered = () => movable() ?? (selection.current?.number == null ? t.actions.noNumber : null);
  const amendable = () => nothing() ?? past() ?? unsaved() ?? (selection.current?.in_force ? null : t.actions.notInForce);
  // A record in another encoding stays as it is until it is converted, but its file can be moved and deleted.
  const movable = () => nothing() ?? past() ?? unsaved();
  const otherEncoding = () => selection.current !== null && notUtf8(selection.current);
  const convertible = () => (otherEncoding() ? movable() : writable() ?? (selection.current && MADR4.has(selection.current.dialect) ? t.actions.isMadr4 : null));
  return [
    act("amend", FilePen, amendable),
    act("link", Waypoints, writable),
    act("rename", TextCursorInput, writable),
    act("move", FolderInput, movable),
    act("renumber", Hash, numbered),
    { id: "decision.convert", group: "decision", icon: FileCog, title: () => (otherEncoding() ? t.actions.acts.toUtf8 : t.actions.acts.convert)(label()), unavailable: convertible, run: () => selection.path !== null && navigation.openDialog({ name: "convert", path: selection.path, to: otherEncoding() ? "utf8" : "madr4" }) },
    act("delete", Trash, movable),
  ];
}

/** At the row that the keyboard is on, else at the button of the reader. */
function openMenu(): void {
  const list = document.activeElement?.closest('[data-keys~="list"]') ?? (navigation.screen === "search" ? document.getElementById("search-results") : null);
  const row = document.getElementById(list?.getAttribute("aria-activedescendant") ?? "");
  const { screen } = navigation;
  // On a group's row the record that is read is meant.
  if (row && (screen !== "library" || library.activePath !== null)) frame.openMenu(row, screen === "library" && library.isActiveSelected);
  else frame.recordMenu = true;
}

/** The record that is read stays; this one comes beside it. */
export async function openBeside(path: string): Promise<void> {
  if (navigation.screen !== "library" && !(await navigation.go({ screen: "library", path: lastRead() ?? path }))) return;
  await beside.open(path);
  beside.focused = true;
  frame.wantReader();
}

/** The last commit that touched the record. */
async function showLastChange(): Promise<void> {
  const { path } = selection;
  const shown = shownReader();
  if (path === null) return;
  if (shown.history === null) await shown.loadHistory();
  const [last] = shown.history ?? [];
  if (last) navigation.openDialog({ name: "commit-diff", path, commit: last.commit });
  else toasts.show(t.reader.noHistory, { tone: "info" });
}

/** The record the Library was left with, if it is still there. */
export function lastRead(): string | null {
  const path = navigation.lastRecord;
  return path !== null && workspace.byPath.has(path) ? path : null;
}

/** The Library with its list in sight: in one pane a record would hide it. */
export function listPlace(): Place {
  return { screen: "library", path: layout.onePane ? null : lastRead() };
}

const MADR4 = new Set(["madr4", "precedent1"]);

/** Walks the supersession chain: -1 to what the record replaced, 1 to what replaced it. */
export function stepChain(by: -1 | 1): void {
  const shown = shownReader();
  const second = shown === beside.reader;
  const { view } = shown;
  const chain = view?.chain ?? [];
  const at = chain.findIndex((node) => node.path === view?.summary.path);
  const target = at < 0 ? undefined : chain[at + by];
  if (!target) return;
  const page = document.querySelector<HTMLElement>(second ? "article[data-second]" : "article.reader");
  const heading = page ? headingInSight(page) : null;
  if (second) void beside.open(target.path, { heading });
  else void navigation.go({ screen: "library", path: target.path, heading });
}
