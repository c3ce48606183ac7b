// The record that actions are about: the one being read, previewed or edited.
import type { DecisionSummary } from "../ipc/bindings";
import { beside } from "./beside.svelte";
import { navigation } from "./navigation.svelte";
import { search } from "./search.svelte";
import { workspace } from "./workspace.svelte";

class Selection {
  readonly path = $derived(navigation.screen === "search" ? (search.active?.path ?? null) : navigation.screen === "changes" ? null : navigation.screen === "library" && beside.focused ? beside.path : navigation.place.path);
  readonly current: DecisionSummary | null = $derived(this.path === null ? null : (workspace.byPath.get(this.path) ?? null));
}

export const selection = new Selection();
