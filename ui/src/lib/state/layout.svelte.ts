// Which of the design's four layouts fits (DESIGN §4). Zoom is the web view's own, so the width already knows it: 200 % at
// 1440 px behaves like 720 px.

class Layout {
  #width = $state(typeof window === "undefined" ? 1440 : window.innerWidth);
  /** The About pane as a sheet; closed until asked for, because it covers the record. */
  sheet = $state(false);
  /** The facets of Search as a sheet, where they have no pane. */
  facets = $state(false);
  /** Two records stand side by side and want the width. */
  split = $state(false);

  /** The About pane lies over the reader instead of beside it. */
  readonly aboutAsSheet = $derived(this.#width < (this.split ? 1600 : 1180));
  /** The sidebar is the rail. */
  readonly railOnly = $derived(this.#width < 1000);
  /** List and reader share one pane with a way back. */
  readonly onePane = $derived(this.#width < 800);

  resized(width: number): void {
    this.#width = width;
  }
}

export const layout = new Layout();
