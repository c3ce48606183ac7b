// Commands that the palette makes of what the log has: a new decision in a scope, the list filtered to a scope, tag, status
// or year. They need a word to match, or there would be hundreds.
import Bookmark from "@lucide/svelte/icons/bookmark";
import ListFilter from "@lucide/svelte/icons/list-filter";
import Plus from "@lucide/svelte/icons/plus";
import Search from "@lucide/svelte/icons/search";
import Waypoints from "@lucide/svelte/icons/waypoints";

import type { Action } from "../../lib/actions/actions.svelte";
import { listPlace } from "../../lib/actions/record";
import { showView } from "../../lib/actions/window";
import { t } from "../../lib/i18n/messages";
import type { StatusWord } from "../../lib/ipc/bindings";
import { type CommandMatch, matchCommands } from "../../lib/model/palette";
import type { Filters } from "../../lib/model/tree";
import { frame } from "../../lib/state/frame.svelte";
import { library } from "../../lib/state/library.svelte";
import { navigation } from "../../lib/state/navigation.svelte";
import { search } from "../../lib/state/search.svelte";
import { views } from "../../lib/state/views.svelte";
import { workspace } from "../../lib/state/workspace.svelte";

const MIN_CHARS = 2;
const MAX = 6;
const STATUSES: readonly StatusWord[] = ["draft", "proposed", "accepted", "rejected", "deprecated", "superseded"];

export function madeCommands(text: string): { action: Action; marks: CommandMatch<Action>["marks"] }[] {
  if (text.length < MIN_CHARS) return [];
  return matchCommands(all(), (action) => action.title(), text).slice(0, MAX).map(({ command, marks }) => ({ action: command, marks }));
}

function all(): Action[] {
  const words = t.palette;
  const past = workspace.past ? t.past.readOnly : null;
  const scopes = library.scopes.map(({ value }) => value);
  const used = new Set(workspace.decisions.map((decision) => decision.status));
  const years = [...new Set(workspace.decisions.flatMap((decision) => (decision.date === null ? [] : [decision.date.slice(0, 4)])))].sort().reverse();
  return [
    ...views.list.map(({ name }): Action => ({ id: `view:${name}`, group: "go", icon: Bookmark, title: () => t.library.saved.show(name), run: () => showView({ saved: name }) })),
    ...scopes.map((scope): Action => ({ id: `new-in:${scope}`, group: "decision", icon: Plus, title: () => words.newIn(scope), unavailable: () => past, run: () => navigation.openDialog({ name: "new", scope }) })),
    ...scopes.map((scope): Action => ({ id: `lineage-of:${scope}`, group: "lineage", icon: Waypoints, title: () => words.inLineage(scope), run: () => showInLineage(scope) })),
    ...scopes.map((scope) => filter(`scope:${scope}`, words.filterScope(scope), { scopes: [scope] })),
    ...library.tags.map(({ value }) => filter(`tag:${value}`, words.filterTag(value), { tags: [value] })),
    ...STATUSES.filter((status) => used.has(status)).map((status) => filter(`status:${status}`, words.filterStatus(t.status[status]), { statuses: [status] })),
    ...years.map((year): Action => ({ id: `year:${year}`, group: "search", icon: Search, title: () => words.filterYear(year), unavailable: () => past, run: () => search.start(`year:${year}`) })),
  ];
}

/** The screen and its state load when they are first needed. */
async function showInLineage(scope: string): Promise<void> {
  const { lineage } = await import("../../lib/state/lineage.svelte");
  lineage.showScope(scope);
  await navigation.go({ screen: "lineage", path: null });
}

function filter(id: string, title: string, only: Partial<Filters>): Action {
  return {
    id: `filter:${id}`, group: "search", icon: ListFilter, title: () => title,
    run: async () => {
      library.clearFilters();
      library.filter(only);
      if (await navigation.go(listPlace())) frame.wantList();
    },
  };
}
