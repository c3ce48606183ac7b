// The filter menu: every status, tag, scope-independent log and "broken records" as items that are on or off.
import TextSearch from "@lucide/svelte/icons/text-search";

import { t } from "../../lib/i18n/messages";
import type { StatusWord } from "../../lib/ipc/bindings";
import { library } from "../../lib/state/library.svelte";
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
  const logs = workspace.logs.length < 2 ? [] : workspace.logs.map(({ path }): MenuItem => ({
    id: `log:${path}`, label: path === "" ? t.library.rootLog : path, checked: filters.logs.includes(path), run: () => library.filter({ logs: toggled(filters.logs, path) }),
  }));
  const rest: MenuItem[] = [
    { id: "attention", label: t.library.filterAttention, checked: filters.attention, run: () => library.filter({ attention: !filters.attention }) },
    { id: "text", label: t.library.filterText, icon: TextSearch, keys: "/", run: () => (library.filterOpen = true) },
  ];
  return [statuses, tags, logs, rest].filter((group) => group.length > 0);
}
