// The filter menu: views, statuses, tags, scopes, logs and "broken records" as items that are on or off. Narrow windows have
// no other place where views and scopes are seen.
import TextSearch from "@lucide/svelte/icons/text-search";

import { t } from "../../lib/i18n/messages";
import type { StatusWord } from "../../lib/ipc/bindings";
import { VIEWS } from "../../lib/model/tree";
import { library } from "../../lib/state/library.svelte";
import { views } from "../../lib/state/views.svelte";
import { workspace } from "../../lib/state/workspace.svelte";
import type { MenuGroups, MenuItem } from "../shared/menu";

const STATUSES: readonly (StatusWord | "none")[] = ["draft", "proposed", "accepted", "rejected", "deprecated", "superseded", "other", "none"];
const MAX_TAGS = 12;

/** A list with the value added, or taken out when it was there. */
export function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

export function filterMenu(): MenuGroups {
  const { filters } = library;
  const used = new Set(workspace.decisions.map((decision) => decision.status ?? "none"));
  const statuses = STATUSES.filter((status) => used.has(status)).map((status): MenuItem => ({
    id: `status:${status}`, label: t.status[status], checked: filters.statuses.includes(status), run: () => library.filter({ statuses: toggled(filters.statuses, status) }),
  }));
  const tags = library.tags.slice(0, MAX_TAGS).map(({ value }): MenuItem => ({
    id: `tag:${value}`, label: value, checked: filters.tags.includes(value), run: () => library.filter({ tags: toggled(filters.tags, value) }),
  }));
  const shown = VIEWS.map((view): MenuItem => ({
    id: `view:${view}`, label: t.frame.viewNames[view], checked: filters.view === view, run: () => library.filter({ view: filters.view === view ? null : view }),
  }));
  const kept = views.list.map(({ name }): MenuItem => ({
    id: `saved:${name}`, label: name, checked: filters.saved === name, run: () => library.filter({ saved: filters.saved === name ? null : name }),
  }));
  const scopes = library.scopes.slice(0, MAX_TAGS).map(({ value }): MenuItem => ({
    id: `scope:${value}`, label: value, checked: filters.scopes.includes(value), run: () => library.filter({ scopes: toggled(filters.scopes, value) }),
  }));
  const logs = workspace.logs.length < 2 ? [] : workspace.logs.map(({ path }): MenuItem => ({
    id: `log:${path}`, label: path === "" ? t.library.rootLog : path, checked: filters.logs.includes(path), run: () => library.filter({ logs: toggled(filters.logs, path) }),
  }));
  const rest: MenuItem[] = [
    { id: "attention", label: t.library.filterAttention, checked: filters.attention, run: () => library.filter({ attention: !filters.attention }) },
    { id: "text", label: t.library.filterText, icon: TextSearch, keys: "/", run: () => (library.filterOpen = true) },
  ];
  return [[...shown, ...kept], statuses, tags, scopes, logs, rest].filter((group) => group.length > 0);
}
