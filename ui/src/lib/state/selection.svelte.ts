// The record that actions are about: the one being read, previewed or edited.
import type { DecisionSummary } from "../ipc/bindings";
import { beside } from "./beside.svelte";
import { layout } from "./layout.svelte";
import { library } from "./library.svelte";
import { navigation } from "./navigation.svelte";
import { search } from "./search.svelte";
import { workspace } from "./workspace.svelte";

class Selection {
  readonly path: string | null = $derived.by(() => {
    switch (navigation.screen) {
      case "search":
        return search.activeRecord;
      case "changes":
        return null;
      case "library":
        return (isInList() ? library.activePath : null) ?? (beside.focused ? beside.path : navigation.place.path);
      default:
        return navigation.place.path;
    }
  });
  readonly current: DecisionSummary | null = $derived(this.path === null ? null : (workspace.byPath.get(this.path) ?? null));
}

/** The list is shown, and was the last to have the focus: what is read may be another record than that of its active row. */
const isInList = (): boolean => (layout.onePane ? navigation.place.path === null : library.hasFocus);

export const selection = new Selection();
