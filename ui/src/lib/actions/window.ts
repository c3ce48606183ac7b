// Actions of the window: going places, search and palette, panes, looks, repositories.
import ALargeSmall from "@lucide/svelte/icons/a-large-small";
import AppWindow from "@lucide/svelte/icons/app-window";
import ArrowLeft from "@lucide/svelte/icons/arrow-left";
import ArrowRight from "@lucide/svelte/icons/arrow-right";
import Bookmark from "@lucide/svelte/icons/bookmark";
import Contrast from "@lucide/svelte/icons/contrast";
import DatabaseZap from "@lucide/svelte/icons/database-zap";
import FileDiff from "@lucide/svelte/icons/file-diff";
import FolderOpen from "@lucide/svelte/icons/folder-open";
import Keyboard from "@lucide/svelte/icons/keyboard";
import History from "@lucide/svelte/icons/history";
import Library from "@lucide/svelte/icons/library";
import ListFilter from "@lucide/svelte/icons/list-filter";
import ListRestart from "@lucide/svelte/icons/list-restart";
import LogOut from "@lucide/svelte/icons/log-out";
import PanelLeft from "@lucide/svelte/icons/panel-left";
import PanelTop from "@lucide/svelte/icons/panel-top";
import PanelRight from "@lucide/svelte/icons/panel-right";
import Power from "@lucide/svelte/icons/power";
import Redo2 from "@lucide/svelte/icons/redo-2";
import RefreshCw from "@lucide/svelte/icons/refresh-cw";
import Rows3 from "@lucide/svelte/icons/rows-3";
import Scale from "@lucide/svelte/icons/scale";
import Search from "@lucide/svelte/icons/search";
import Settings from "@lucide/svelte/icons/settings";
import TriangleAlert from "@lucide/svelte/icons/triangle-alert";
import Undo2 from "@lucide/svelte/icons/undo-2";
import Waypoints from "@lucide/svelte/icons/waypoints";
import ZoomIn from "@lucide/svelte/icons/zoom-in";
import ZoomOut from "@lucide/svelte/icons/zoom-out";

import { stepHeading } from "../../components/reader/keys";
import { t } from "../i18n/messages";
import { needsAttention } from "../model/decisions";
import { type ViewId, VIEWS } from "../model/tree";
import { filterQuery } from "../model/views";
import { cyclePane } from "../panes";
import { announcer } from "../state/announcer.svelte";
import { about } from "../state/about.svelte";
import { app } from "../state/app.svelte";
import { frame } from "../state/frame.svelte";
import { governance, type Tab, TABS } from "../state/governance.svelte";
import { layout } from "../state/layout.svelte";
import { library } from "../state/library.svelte";
import { navigation } from "../state/navigation.svelte";
import { palette } from "../state/palette.svelte";
import { prefs } from "../state/prefs.svelte";
import { search } from "../state/search.svelte";
import { session } from "../state/session.svelte";
import { sidebar } from "../state/sidebar.svelte";
import { toasts } from "../state/toasts.svelte";
import { undo } from "../state/undo.svelte";
import { workspace } from "../state/workspace.svelte";
import type { Action } from "./actions.svelte";
import { branchActions } from "./branches";
import { gitActions } from "./git";
import { outputActions } from "./output";
import { outsideActions } from "./outside";
import { lastRead, listPlace, recordActions, stepChain } from "./record";
import { selectedActions } from "./selected";

const needsRepository = () => (workspace.phase === "open" ? null : t.actions.noRepository);
/** Writing needs today's files. */
const needsNow = () => needsRepository() ?? (workspace.past ? t.past.readOnly : null);
const x = t.actions;

/** All actions that exist while the window is open. */
export function windowActions(): Action[] {
  return [...recordActions(), ...selectedActions(), ...outputActions(), ...outsideActions(), ...gitActions(), ...branchActions(), ...goActions(), ...searchActions(), ...moveActions(), ...viewActions(), ...repositoryActions()];
}

function goActions(): Action[] {
  return [
    { id: "go.library", group: "go", icon: Library, keys: ["g l", "mod+1"], title: () => x.goLibrary, unavailable: needsRepository, run: async () => (await navigation.go({ screen: "library", path: lastRead() })) && frame.wantList() },
    { id: "go.lineage", group: "go", icon: Waypoints, keys: ["g t", "mod+2"], title: () => t.lineage.commands.go, unavailable: needsRepository, run: () => navigation.go({ screen: "lineage", path: null }) },
    { id: "go.governance", group: "go", icon: Scale, keys: ["g v", "mod+3"], title: () => t.governance.commands.go, unavailable: needsRepository, run: () => navigation.go({ screen: "governance", path: null }) },
    ...TABS.map((tab): Action => ({ id: `go.${tab}`, group: "go", icon: Scale, title: () => t.governance.commands[tab], unavailable: needsRepository, run: () => showGovernance(tab) })),
    { id: "governance.check", group: "governance", icon: RefreshCw, standIn: true, title: () => t.governance.commands.check, unavailable: needsRepository, run: () => governance.checkAgain() },
    ...VIEWS.map((view): Action => ({ id: `go.view-${view}`, group: "go", title: () => t.library.saved.show(t.frame.viewNames[view]), unavailable: needsRepository, run: () => showView({ view }) })),
    { id: "go.back", group: "go", icon: ArrowLeft, keys: ["alt+left", "mod+["], title: () => x.back, unavailable: () => (navigation.canBack ? null : x.nowhereBack), run: () => navigation.back() },
    { id: "go.forward", group: "go", icon: ArrowRight, keys: ["alt+right", "mod+]"], title: () => x.forward, unavailable: () => (navigation.canForward ? null : x.nowhereForward), run: () => navigation.forward() },
    { id: "go.decision", group: "go", keys: ["mod+p"], title: () => x.goDecision, unavailable: needsRepository, run: () => palette.show("decisions") },
    { id: "go.broken", group: "go", icon: TriangleAlert, title: () => x.nextBroken, unavailable: () => (library.attention > 0 ? null : x.nothingBroken), run: nextBroken },
    { id: "chain.earlier", group: "go", keys: ["["], contexts: ["list", "reader"], title: () => x.chainEarlier, hidden: true, run: () => stepChain(-1) },
    { id: "chain.later", group: "go", keys: ["]"], contexts: ["list", "reader"], title: () => x.chainLater, hidden: true, run: () => stepChain(1) },
    { id: "pane.next", group: "go", keys: ["f6"], title: () => x.nextPane, hidden: true, run: () => cyclePane(1) },
    { id: "pane.previous", group: "go", keys: ["shift+f6"], title: () => x.previousPane, hidden: true, run: () => cyclePane(-1) },
    { id: "go.changes", group: "go", icon: FileDiff, keys: ["g c", "mod+5"], title: () => x.goChanges, unavailable: () => needsRepository() ?? (workspace.info?.git ? null : x.noGit), run: () => navigation.go({ screen: "changes", path: null }) },
  ];
}

/** A part of Governance, with the keyboard in its list. */
async function showGovernance(tab: Tab): Promise<void> {
  governance.openTab(tab);
  await navigation.go({ screen: "governance", path: null });
}

function backToToday(): void {
  workspace.leavePast();
  announcer.say(t.past.announcedBack);
}

function nextBroken(): void {
  const broken = workspace.decisions.filter(needsAttention);
  const at = broken.findIndex((decision) => decision.path === navigation.place.path);
  const next = broken[(at + 1) % broken.length];
  if (next) void navigation.go({ screen: "library", path: next.path });
}

/** Shows one view alone, with the keyboard in its list. */
export async function showView(only: { view: ViewId } | { saved: string }): Promise<void> {
  library.show(only);
  if (await navigation.go(listPlace())) frame.wantList();
}

function searchActions(): Action[] {
  return [
    { id: "palette.open", group: "search", icon: Search, keys: ["mod+k"], title: () => x.palette, hidden: true, unavailable: needsRepository, run: () => palette.show("all") },
    { id: "palette.commands", group: "search", keys: ["mod+shift+p"], title: () => x.commands, hidden: true, run: () => palette.show("commands") },
    { id: "search.text", group: "search", icon: Search, keys: ["mod+shift+f"], title: () => x.searchText, unavailable: () => (session.expecting ? null : needsRepository()), run: () => frame.wantSearch() },
    { id: "search.keep", group: "search", icon: Bookmark, title: () => t.library.saved.keep, unavailable: () => needsRepository() ?? (keptQuery() === null ? t.library.saved.nothing : null), run: keepView },
    { id: "list.filter", group: "search", icon: ListFilter, keys: ["/"], contexts: ["list", "reader"], title: () => x.filterList, unavailable: needsRepository, run: () => (library.filterOpen = true) },
    { id: "list.clear", group: "search", title: () => x.clearFilters, unavailable: () => (library.filtering ? null : x.noFilters), run: () => library.clearFilters() },
  ];
}

/** Keys of "Save this search as a view" while one searches; elsewhere they save a record. */
export const KEEP_KEYS: readonly string[] = ["mod+s"];

/** What would be kept as a view: the search, else what filters the list. */
function keptQuery(): string | null {
  return navigation.screen === "search" ? search.whole || null : filterQuery(library.filters);
}

export function keepView(): void {
  const query = keptQuery();
  if (query !== null) navigation.openDialog({ name: "keep-view", query });
}

/** Single letters of lists and texts; arrows and the like belong to the lists themselves. */
function moveActions(): Action[] {
  const step = (by: -1 | 1) => (navigation.screen === "search" ? search.moveTo(search.activeIndex + by) : library.moveTo(library.activeIndex + by));
  const inLibrary = () => (navigation.screen === "library" ? null : x.noSelecting);
  return [
    { id: "list.next", group: "view", keys: ["j"], contexts: ["list"], hidden: true, title: () => x.nextRow, run: () => step(1) },
    { id: "list.previous", group: "view", keys: ["k"], contexts: ["list"], hidden: true, title: () => x.previousRow, run: () => step(-1) },
    { id: "list.select", group: "view", keys: ["x"], contexts: ["list"], hidden: true, title: () => x.selectRow, unavailable: inLibrary, run: () => library.toggleSelected(library.activeIndex) },
    { id: "reader.next-heading", group: "view", keys: ["h"], contexts: ["reader"], hidden: true, title: () => x.nextHeading, run: () => stepHeading(1) },
    { id: "reader.previous-heading", group: "view", keys: ["shift+h"], contexts: ["reader"], hidden: true, title: () => x.previousHeading, run: () => stepHeading(-1) },
  ];
}

function viewActions(): Action[] {
  return [
    { id: "view.sidebar", group: "view", icon: PanelLeft, keys: ["mod+b"], title: () => x.sidebar, unavailable: () => (layout.railOnly ? x.tooNarrow : null), run: () => sidebar.toggle() },
    { id: "view.about", group: "view", icon: PanelRight, keys: ["mod+alt+b"], title: () => x.about, run: () => (about.shown = !about.shown) },
    { id: "view.menu-bar", group: "view", icon: PanelTop, keys: ["f10"], title: () => t.menubar.command, unavailable: () => (app.info?.platform === "macos" ? t.menubar.always : null), run: () => (prefs.menuBar.value = !prefs.menuBar.value) },
    { id: "view.as-of", group: "view", icon: History, title: () => x.asOf, unavailable: () => needsRepository() ?? (workspace.info?.git ? null : x.noGit), run: () => navigation.openDialog({ name: "as-of" }) },
    { id: "view.now", group: "view", title: () => x.asOfNow, unavailable: () => (workspace.past ? null : x.notInPast), run: backToToday },
    { id: "view.compact", group: "view", icon: Rows3, title: () => (prefs.density.value === "compact" ? x.cozy : x.compact), run: () => (prefs.density.value = prefs.density.value === "compact" ? "cozy" : "compact") },
    { id: "view.reading", group: "view", icon: ALargeSmall, title: () => (prefs.reading.value === "serif" ? x.sans : x.serif), run: () => (prefs.reading.value = prefs.reading.value === "serif" ? "sans" : "serif") },
    { id: "view.theme", group: "view", icon: Contrast, keys: ["mod+shift+l"], title: () => x.theme(x.themes[prefs.theme.value]), run: () => prefs.nextTheme() },
    { id: "view.diff-colours", group: "view", icon: FileDiff, title: () => x.diffColours(x.diffColourNames[prefs.diffColours.value]), run: () => (prefs.diffColours.value = prefs.diffColours.value === "green-red" ? "blue-orange" : "green-red") },
    { id: "view.zoom-in", group: "view", icon: ZoomIn, keys: ["mod+plus", "mod+shift+plus", "mod+="], title: () => x.zoomIn, run: () => prefs.zoomBy(1) },
    { id: "view.zoom-out", group: "view", icon: ZoomOut, keys: ["mod+-"], title: () => x.zoomOut, run: () => prefs.zoomBy(-1) },
    { id: "view.zoom-reset", group: "view", keys: ["mod+0"], title: () => x.zoomReset, run: () => prefs.zoomBy(0) },
    { id: "app.settings", group: "app", icon: Settings, keys: ["mod+,"], title: () => t.settings.command, run: () => navigation.openDialog({ name: "settings" }) },
    { id: "app.help", group: "app", icon: Keyboard, keys: ["?", "f1"], title: () => x.help, run: () => navigation.openDialog({ name: "help" }) },
  ];
}

/** A toast that offers it takes it back at once; otherwise what would be written is shown first. */
function undoLast(): void {
  const offered = toasts.current?.action;
  if (offered?.undoes) {
    toasts.dismiss();
    offered.run();
  } else if (undo.last) navigation.openDialog({ name: "undo", id: undo.last.id });
}

function repositoryActions(): Action[] {
  return [
    { id: "undo.last", group: "app", icon: Undo2, keys: ["mod+z"], title: () => x.undo(undo.last?.title ?? null), unavailable: () => (toasts.current?.action?.undoes ? null : needsNow() ?? (undo.last ? null : x.nothingToUndo)), run: undoLast },
    { id: "undo.again", group: "app", icon: Redo2, keys: ["mod+shift+z"], title: () => x.redo(undo.next?.title ?? null), unavailable: () => needsNow() ?? (undo.next ? null : x.nothingToRedo), run: () => undo.next && navigation.openDialog({ name: "undo", id: undo.next.id }) },
    { id: "undo.list", group: "app", icon: ListRestart, title: () => x.undoList, unavailable: needsNow, run: () => navigation.openDialog({ name: "undo-list" }) },
    { id: "index.rebuild", group: "app", icon: DatabaseZap, title: () => x.rebuildIndex, unavailable: needsRepository, run: () => workspace.rebuildIndex() },
    { id: "repo.open", group: "app", icon: FolderOpen, keys: ["mod+o"], title: () => x.openRepository, run: () => session.pickAndOpen() },
    { id: "repo.open-window", group: "app", icon: AppWindow, keys: ["mod+shift+n"], title: () => x.openInWindow, run: () => session.pickForWindow() },
    { id: "repo.start-log", group: "app", title: () => x.startLog, run: () => session.startLog() },
    { id: "repo.sample", group: "app", title: () => t.welcome.openSample, run: () => session.openSample() },
    { id: "repo.switch", group: "app", keys: ["mod+r"], title: () => x.switchRepository, unavailable: needsRepository, run: () => (frame.repositoryMenu = true) },
    { id: "app.quit", group: "app", icon: Power, keys: ["mod+q"], title: () => x.quit, run: () => session.quit() },
    { id: "repo.close", group: "app", icon: LogOut, title: () => x.closeRepository, unavailable: needsRepository, run: () => session.close() },
  ];
}
