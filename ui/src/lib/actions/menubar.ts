// The menu bar as the system shows it: the same actions as everywhere, with the words and keys they have now. Pure but for
// what the actions say of themselves.
import type { MenuItem, MenuList } from "../ipc/bindings";
import { t } from "../i18n/messages";
import { isSingleKey } from "../keys/chord";
import type { Action } from "./actions.svelte";

/** Ids of actions, `line`, and what the system does itself (`role:copy`). Actions that are not there now are left out. */
type Entries = readonly string[];

interface Place {
  readonly mac: boolean;
  /** A dialog is open: nothing behind it is done. */
  readonly modal: boolean;
  readonly find: (id: string) => Action | undefined;
  /** What is on or off, by the action that changes it. */
  readonly checks: Readonly<Record<string, boolean>>;
}

type Name = keyof typeof t.menubar.titles;

const EDITING: Entries = ["role:cut", "role:copy", "role:paste", "role:select-all"];

function entries(mac: boolean): [Name, Entries][] {
  const own = (...ids: string[]): Entries => (mac ? [] : ids);
  const bars: [Name, Entries][] = [
    ["file", ["decision.new", "line", "repo.open", "repo.open-window", "repo.clone", "repo.switch", "line", "editor.save", "editor.review", "search.keep", "line", "export.html", "export.pdf", "index.write", "line", "repo.close", ...own("line", "app.settings", "line", "app.quit")]],
    ["edit", [...(mac ? ["role:undo", "role:redo", "line"] : []), "undo.last", "undo.again", "undo.list", "line", ...EDITING, "line", "editor.find", "search.text", "list.filter", "list.clear", "line", "editor.fix", "editor.next-problem", "editor.previous-problem", "editor.up", "editor.down"]],
    ["view", ["view.sidebar", "view.about", ...own("view.menu-bar"), "line", "editor.form", "editor.source", "editor.all", "editor.preview", "editor.problems", "line", "view.zoom-in", "view.zoom-out", "view.zoom-reset", "line", "view.theme", "view.compact", "view.reading", "view.diff-colours", "line", "view.as-of", "view.now", "line", "lineage.isolate", "lineage.fit", "lineage.today", "lineage.even", "lineage.svg", "lineage.png"]],
    ["go", ["go.back", "go.forward", "line", "go.library", "go.lineage", "go.governance", "go.changes", "line", "palette.open", "go.decision", "palette.commands", "line", "chain.earlier", "chain.later", "go.broken", "index.open", "line", "pane.next", "pane.previous"]],
    ["decision", ["decision.edit", "decision.supersede", "line", "decision.proposed", "decision.accepted", "decision.rejected", "decision.deprecated", "line", "decision.amend", "decision.link", "decision.rename", "decision.move", "decision.renumber", "decision.convert", "decision.delete", "line", "decision.copy-link", "decision.copy-permalink", "decision.copy-reference", "decision.copy-path", "decision.copy-markdown", "line", "decision.beside", "decision.last-change", "decision.blame", "lineage.show", "decision.open-editor", "decision.reveal", "decision.open-on-forge", "line", "changes.toggle", "changes.stage-all", "changes.unstage-all", "changes.discard", "changes.trash", "changes.commit", "line", "git.branches", "git.new-branch", "git.fetch", "git.pull-rebase", "git.pull-merge", "git.push", "git.stash", "git.log"]],
    ["window", ["role:minimize", "role:maximize", "role:fullscreen", "line", "role:close-window"]],
    ["help", ["app.help", "app.report", ...own("line", "app.about")]],
  ];
  return mac ? [["app", ["app.about", "line", "app.settings", "line", "role:services", "line", "role:hide", "role:hide-others", "role:show-all", "line", "app.quit"]], ...bars] : bars;
}

/** The menus with what can be done now. */
export function menuBar(place: Place): MenuList[] {
  return entries(place.mac).map(([name, ids]) => ({
    // A Mac has no letters to open menus by.
    title: place.mac ? t.menubar.titles[name].replace("&", "") : t.menubar.titles[name],
    items: withoutEmptyGroups(ids.flatMap((id) => item(id, place))),
  }));
}

function item(id: string, { find, checks, modal }: Place): MenuItem[] {
  if (id === "line") return [{ kind: "line", id: "", label: "", keys: null, enabled: true, checked: null }];
  const role = /^role:(.*)$/.exec(id)?.[1];
  if (role !== undefined) return [{ kind: "role", id: role, label: t.menubar.roles[role as keyof typeof t.menubar.roles], keys: null, enabled: true, checked: null }];
  const action = find(id);
  if (!action) return [];
  const enabled = !modal && (action.unavailable?.() ?? null) === null;
  return [{ kind: "action", id, label: action.title().replaceAll("&", "&&"), keys: menuKeys(action), enabled, checked: checks[id] ?? null }];
}

/** No line at an end, and none after another: groups differ by screen. */
function withoutEmptyGroups(items: readonly MenuItem[]): MenuItem[] {
  return items.filter((one, at) => one.kind !== "line" || (at > 0 && items.slice(at + 1).some(({ kind }) => kind !== "line") && items[at - 1]?.kind !== "line"));
}

/** Keys that mean something of their own in a field or a dialog, or that the bar itself has. */
const NEVER = new Set(["mod+z", "mod+shift+z", "mod+enter", "f10"]);

/** A chord that the system may take before the page sees it: it works everywhere, and nobody types with it. */
function menuKeys(action: Action): string | null {
  if (action.contexts && !action.contexts.includes("anywhere")) return null;
  return action.keys?.find((chord) => !chord.includes(" ") && !isSingleKey(chord) && !NEVER.has(chord) && /^(mod|ctrl|alt)\+|^(shift\+)?f\d+$/.test(chord)) ?? null;
}
