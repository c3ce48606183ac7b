// The shortcuts sheet. Keys of actions are read from the actions, so the sheet cannot lie about them; keys that belong to
// a list or a field itself are named here and cannot be changed.
import { type Action, shownKeys } from "../../lib/actions/actions.svelte";
import { KEEP_KEYS } from "../../lib/actions/window";
import { t } from "../../lib/i18n/messages";
import { capsText, isSingleKey } from "../../lib/keys/chord";
import { prefs } from "../../lib/state/prefs.svelte";
import { allBound } from "./everything";

export interface SheetRow {
  text: string;
  chords: readonly string[];
}

export interface SheetGroup {
  title: string;
  rows: SheetRow[];
}

const rows = t.help.rows;

/** `Alt 1 2 3` for three chords that differ in their last key only. */
function short(chords: readonly string[]): string[] {
  const [first = ""] = chords;
  const held = /^(?:.*\+)?/.exec(first)?.[0] ?? "";
  const together = held !== "" && chords.every((chord) => chord.startsWith(held) && !chord.slice(held.length).includes("+"));
  return together ? [first, ...chords.slice(1).map((chord) => chord.slice(held.length))] : [...chords];
}

function all(): SheetGroup[] {
  const known = new Map<string, Action>(allBound().map((action) => [action.id, action]));
  const of = (text: string, ...ids: string[]): SheetRow => ({
    text,
    chords: short(ids.flatMap((id) => {
      const action = known.get(id);
      return (action && shownKeys(action)) ?? [];
    })),
  });
  const own = (text: string, ...chords: string[]): SheetRow => ({ text, chords: chords.filter((chord) => prefs.singleKeys.value || (chord !== "digits" && !isSingleKey(chord))) });
  return [
    {
      title: t.help.groups.anywhere,
      rows: [of(rows.palette, "palette.open"), of(rows.decision, "go.decision"), of(rows.searchText, "search.text"), of(rows.create, "decision.new"), of(rows.open, "repo.open"), of(rows.openWindow, "repo.open-window"), of(rows.switchRepository, "repo.switch"), of(rows.pane, "pane.next"), of(rows.back, "go.back"), own(rows.escape, "escape"), of(rows.sidebar, "view.sidebar"), of(rows.about, "view.about"), of(rows.undo, "undo.last"), of(rows.settings, "app.settings"), of(rows.list, "app.help")],
    },
    {
      title: t.help.groups.lists,
      rows: [of(rows.move, "list.next", "list.previous"), own(rows.enter, "enter"), own(rows.fold, "left", "right"), of(rows.filter, "list.filter"), own(rows.number, "digits"), own(rows.peek, "space"), of(rows.beside, "decision.beside"), of(rows.select, "list.select"), own(rows.selectMore, "shift+down"), own(rows.selectAll, "mod+a"), of(rows.edit, "decision.edit"), of(rows.supersede, "decision.supersede"), of(rows.copyLink, "decision.copy-link"), of(rows.copyReference, "decision.copy-reference"), of(rows.openEditor, "decision.open-editor"), of(rows.actions, "decision.menu")],
    },
    {
      title: t.help.groups.goTo,
      rows: [of(rows.library, "go.library"), of(rows.lineage, "go.lineage"), of(t.governance.name, "go.governance"), of(rows.changes, "go.changes"), of(rows.earlier, "chain.earlier"), of(rows.later, "chain.later"), of(rows.lastChange, "decision.last-change"), own(rows.keepView, ...(prefs.keys.value["search.keep"] ?? KEEP_KEYS)), own(rows.orderViews, "alt+up", "down"), of(rows.heading, "reader.next-heading"), of(rows.match, "match.next"), of(rows.previousMatch, "match.previous")],
    },
    {
      title: t.help.groups.lineage,
      rows: [of(rows.alongChain, "lineage.earlier", "lineage.later"), of(rows.acrossTracks, "lineage.up", "lineage.down"), of(rows.isolate, "lineage.isolate"), own(rows.enter, "enter"), of(rows.zoomTime, "lineage.zoom-in", "lineage.zoom-out", "lineage.fit"), of(rows.toToday, "lineage.today"), of(rows.panTime, "lineage.pan-earlier", "lineage.pan-later")],
    },
    {
      title: t.help.groups.governance,
      rows: [of(t.governance.commands.waive, "governance.waive"), of(t.governance.openInEditor, "governance.open"), of(t.governance.commands.decision, "governance.decision"), of(t.governance.checkNow, "governance.check"), of(t.governance.groupBy, "governance.group"), of(t.governance.hints.tabs, "governance.tab-violations", "governance.tab-rules", "governance.tab-waivers", "governance.tab-paths")],
    },
    {
      title: t.help.groups.write,
      rows: [of(rows.save, "editor.save"), of(rows.problem, "editor.next-problem"), of(rows.fix, "editor.fix"), of(rows.layouts, "editor.form", "editor.source", "editor.all"), of(rows.link, "editor.cite"), of(rows.leave, "editor.leave"), of(rows.change, "changes.next"), own(rows.stage, "space"), of(rows.views, "changes.view-rendered", "changes.view-words", "changes.view-lines", "changes.view-both"), of(rows.message, "changes.message"), of(rows.commit, "changes.commit"), of(rows.commitPush, "changes.commit-push"), of(rows.push, "git.push"), of(rows.fetch, "git.fetch"), of(rows.branch, "git.branches", "git.branch-menu")],
    },
  ];
}

/** The groups in columns: short ones stand below each other. */
export function columns(groups: readonly SheetGroup[]): SheetGroup[][] {
  const out: SheetGroup[][] = [];
  for (const group of groups) {
    const last = out.at(-1);
    const fits = last && last.reduce((sum, one) => sum + one.rows.length + 2, 0) + group.rows.length <= LONGEST;
    if (fits) last.push(group);
    else out.push([group]);
  }
  return out;
}

/** Rows of a column, at most. */
const LONGEST = 17;

/** Rows whose words or keys contain the text. */
export function sheet(find: string): SheetGroup[] {
  const text = find.trim().toLowerCase();
  const says = (chord: string) => chord.includes(text) || capsText(chord).toLowerCase().includes(text);
  const fits = (row: SheetRow) => row.chords.length > 0 && (text === "" || row.text.toLowerCase().includes(text) || row.chords.some(says));
  return all()
    .map((group) => ({ ...group, rows: group.rows.filter(fits) }))
    .filter((group) => group.rows.length > 0);
}
