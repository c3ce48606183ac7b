// Which of the design's four layouts fits (DESIGN §4). Zoom counts: 200 % at 1440 px behaves like 720 px.
import { prefs } from "./prefs.svelte";

class Layout {
  #width = $state(typeof window === "undefined" ? 1440 : window.innerWidth);

  readonly width = $derived(this.#width / prefs.zoom.value);
  /** The About pane lies over the reader instead of beside it. */
  readonly aboutAsSheet = $derived(this.width < 1180);
  /** The sidebar is the rail. */
  readonly railOnly = $derived(this.width < 1000);
  /** List and reader share one pane with a way back. */
  readonly onePane = $derived(this.width < 800);

  resized(width: number): void {
    this.#width = width;
  }
}

export const layout = new Layout();
