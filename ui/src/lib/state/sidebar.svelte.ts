// Whether the sidebar is the rail, for each screen (DESIGN §3): Editor, Changes and Lineage need the width and start on it.
import { layout } from "./layout.svelte";
import { navigation, type Screen } from "./navigation.svelte";
import { prefs } from "./prefs.svelte";

const STARTS_ON_RAIL: readonly Screen[] = ["editor", "changes", "lineage"];

class Sidebar {
  /** Search is the Library with a query: it keeps what is beside it. */
  readonly #screen: Screen = $derived(navigation.screen === "search" ? "library" : navigation.screen);
  readonly #asked: boolean = $derived(prefs.rails.value[this.#screen] ?? STARTS_ON_RAIL.includes(this.#screen));
  readonly rail: boolean = $derived(layout.railOnly || this.#asked);

  toggle(): void {
    prefs.rails.value = { ...prefs.rails.value, [this.#screen]: !this.#asked };
  }
}

export const sidebar = new Sidebar();
