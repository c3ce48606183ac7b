// The shortcuts sheet. Keys of actions are read from the actions, so the sheet cannot lie about them; keys that belong to
// a list or the editor itself are named here.
import { actions } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";

export interface SheetRow {
  text: string;
  chords: readonly string[];
}

export interface SheetGroup {
  title: string;
  rows: SheetRow[];
}

const rows = t.help.rows;
const of = (text: string, id: string): SheetRow => ({ text, chords: (actions.find(id)?.keys ?? []).slice(0, 1) });
const own = (text: string, ...chords: string[]): SheetRow => ({ text, chords });

function all(): SheetGroup[] {
  return [
    {
      title: t.help.groups.anywhere,
      rows: [of(rows.palette, "palette.open"), of(rows.decision, "go.decision"), of(rows.searchText, "search.text"), of(rows.create, "decision.new"), of(rows.open, "repo.open"), of(rows.switchRepository, "repo.switch"), of(rows.pane, "pane.next"), of(rows.back, "go.back"), of(rows.sidebar, "view.sidebar"), of(rows.about, "view.about"), of(rows.list, "app.help")],
    },
    {
      title: t.help.groups.lists,
      rows: [own(rows.move, "j", "k"), own(rows.enter, "enter"), own(rows.fold, "left", "right"), of(rows.filter, "list.filter"), own(rows.number, "digits"), own(rows.peek, "space"), of(rows.beside, "decision.beside"), own(rows.select, "x"), own(rows.selectMore, "shift+down"), own(rows.selectAll, "mod+a"), of(rows.edit, "decision.edit"), of(rows.supersede, "decision.supersede"), of(rows.copyLink, "decision.copy-link"), of(rows.actions, "decision.menu")],
    },
    {
      title: t.help.groups.goTo,
      rows: [of(rows.library, "go.library"), of(rows.lineage, "go.lineage"), of(rows.changes, "go.changes"), of(rows.earlier, "chain.earlier"), of(rows.later, "chain.later"), of(rows.lastChange, "decision.last-change"), own(rows.keepView, "mod+s"), own(rows.orderViews, "alt+up", "down"), own(rows.heading, "h"), own(rows.match, "n"), own(rows.previousMatch, "shift+n")],
    },
    {
      title: t.help.groups.lineage,
      rows: [own(rows.alongChain, "left", "right"), own(rows.acrossTracks, "up", "down"), own(rows.isolate, "f"), own(rows.enter, "enter"), own(rows.zoomTime, "plus", "-", "0"), own(rows.toToday, "t"), own(rows.panTime, "shift+left", "shift+right")],
    },
    {
      title: t.help.groups.write,
      rows: [own(rows.save, "mod+s"), own(rows.problem, "f8"), own(rows.fix, "mod+."), own(rows.layouts, "alt+1", "2", "3"), own(rows.link, "mod+shift+k"), own(rows.leave, "escape escape"), own(rows.change, "f7"), own(rows.stage, "space"), own(rows.views, "1", "2", "3", "4"), own(rows.message, "m"), own(rows.commit, "mod+enter")],
    },
  ];
}

/** Rows whose words or keys contain the text. */
export function sheet(find: string): SheetGroup[] {
  const text = find.trim().toLowerCase();
  const fits = (row: SheetRow) => row.chords.length > 0 && (text === "" || row.text.toLowerCase().includes(text) || row.chords.some((chord) => chord.includes(text)));
  return all()
    .map((group) => ({ ...group, rows: group.rows.filter(fits) }))
    .filter((group) => group.rows.length > 0);
}
