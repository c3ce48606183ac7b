// The Library's list: filters, sort, folds and the row that is active. The rows themselves are derived (model/tree).
import { buildTree, type Filters, groupKey, inView, isFiltering, NO_FILTERS, type GroupBy, ofNumber, type Row, type SortId, type ViewId } from "../model/tree";
import { needsAttention } from "../model/decisions";
import { layout } from "./layout.svelte";
import { navigation } from "./navigation.svelte";
import { isOneOf, Persisted } from "./persisted.svelte";
import { views } from "./views.svelte";
import { workspace } from "./workspace.svelte";

/** The reader follows the keyboard after this pause, so that holding J does not load every record on the way. */
const FOLLOW_MS = 60;
const NUMBER_MS = 800;
/** The one group that begins folded, unfolded. */
const UNFOLDED: ReadonlySet<string> = new Set(["group:past"]);

class Library {
  #filters = $state.raw<Filters>(NO_FILTERS);
  #toggled = $state.raw<ReadonlySet<string>>(new Set());
  #activeKey = $state<string | null>(null);
  #filterOpen = $state(false);
  #selected = $state.raw<ReadonlySet<string>>(new Set());
  /** Row that a range begins at. */
  #anchor: string | null = null;
  readonly #sort = new Persisted<SortId>("sort", "date", isOneOf("date", "decided", "number", "title", "cited"));
  readonly #by = new Persisted<GroupBy>("group-by", "standing", isOneOf("standing", "scope", "year", "owner", "none"));
  #follow: ReturnType<typeof setTimeout> | undefined;
  /** What the reader follows to when the pause is over. */
  #following: string | null = null;
  #digits = "";
  #digitsAt = 0;

  readonly #found = $derived(this.#filters.saved === null ? null : views.pathsOf(this.#filters.saved));
  readonly tree = $derived(buildTree({ decisions: workspace.decisions, filters: this.#filters, sort: this.sort, by: this.by, found: this.#found, toggled: this.#toggled, ...workspace.ages }));
  readonly rows: readonly Row[] = $derived(this.tree.rows);
  readonly activeIndex = $derived(this.#indexOfActive());
  /** Every decision of the list once, in its order, those under folded rows too. */
  readonly listed = $derived.by(() => {
    const open = buildTree({ decisions: workspace.decisions, filters: this.#filters, sort: this.sort, by: this.by, found: this.#found, toggled: this.filtering ? new Set<string>() : UNFOLDED, ...workspace.ages }).rows;
    return [...new Set(open.flatMap((row) => (row.kind === "group" ? [] : [row.decision])))];
  });
  readonly filtering = $derived(isFiltering(this.#filters));

  /** The list was the last of the Library's panes to have the focus: acts are about its active row. */
  hasFocus = $state(false);

  /** How far the list is scrolled, for the way back to it; not reactive. */
  scrolled = 0;

  /** Counts of the sidebar. */
  readonly viewCounts: Readonly<Record<ViewId, number>> = $derived.by(() => {
    const { decisions, ages } = workspace;
    const count = (view: ViewId) => decisions.reduce((sum, decision) => sum + Number(inView(decision, view, ages)), 0);
    return { "in-force": count("in-force"), stale: count("stale"), week: count("week"), broken: count("broken") };
  });
  readonly scopes = $derived(tally(workspace.decisions.map((decision) => decision.scope)));
  readonly tags = $derived(tally(workspace.decisions.flatMap((decision) => decision.tags)));
  readonly attention = $derived(workspace.decisions.filter(needsAttention).length);

  get filters(): Filters {
    return this.#filters;
  }
  get sort(): SortId {
    return this.#sort.value;
  }
  set sort(sort: SortId) {
    this.#sort.value = sort;
  }
  get by(): GroupBy {
    return this.#by.value;
  }
  set by(by: GroupBy) {
    this.#by.value = by;
  }
  get activeKey(): string | null {
    return this.#activeKey;
  }
  /** The text filter's field is shown. */
  get filterOpen(): boolean {
    return this.#filterOpen;
  }
  set filterOpen(open: boolean) {
    this.#filterOpen = open;
    if (!open) this.filter({ text: "" });
  }

  filter(change: Partial<Filters>): void {
    this.#filters = { ...this.#filters, ...change };
  }

  clearFilters(): void {
    this.#filters = NO_FILTERS;
    this.#filterOpen = false;
  }

  /** Shows one sidebar view or scope alone; the same again shows everything. */
  show(only: { view: ViewId } | { scope: string } | { saved: string } | null): void {
    this.#filters = only === null ? NO_FILTERS : "saved" in only ? { ...NO_FILTERS, saved: only.saved } : "view" in only ? { ...NO_FILTERS, view: only.view } : { ...NO_FILTERS, scopes: [only.scope] };
  }

  /** Folds or unfolds; without `open`, the other way round. */
  fold(index: number, open?: boolean): void {
    const row = this.rows[index];
    if (!row || (row.kind !== "group" && row.earlier === 0)) return;
    if (open !== undefined && open !== row.folded) return;
    const toggled = new Set(this.#toggled);
    if (!toggled.delete(row.key)) toggled.add(row.key);
    this.#toggled = toggled;
  }

  /** Moves the active row by keyboard; the reader follows after a pause. */
  moveTo(index: number): void {
    const row = this.rows[Math.max(0, Math.min(this.rows.length - 1, index))];
    if (!row) return;
    this.#activeKey = row.key;
    this.#anchor = null;
    this.#stay();
    // In one pane the record would take the place of the list that is walked.
    if (row.kind === "group" || layout.onePane) return;
    this.#following = row.decision.path;
    this.#follow = setTimeout(() => this.followNow(), FOLLOW_MS);
  }

  /** The reader follows without waiting: what is done next is about the active row. */
  followNow(): void {
    const path = this.#following;
    this.#stay();
    // Whoever went to another screen meanwhile stays there.
    if (path !== null && navigation.screen === "library") navigation.replace({ screen: "library", path });
  }

  #stay(): void {
    clearTimeout(this.#follow);
    this.#following = null;
  }

  /** Records chosen for an act on several; those that left the list are not among them. */
  readonly selected: readonly string[] = $derived(this.#selected.size === 0 ? [] : [...new Set(this.rows.flatMap((row) => (row.kind !== "group" && this.#selected.has(row.decision.path) ? [row.decision.path] : [])))]);

  isSelected(path: string): boolean {
    return this.#selected.has(path);
  }

  /** Record of the active row; null on a group and without a row. */
  readonly activePath: string | null = $derived.by(() => {
    const row = this.rows[this.activeIndex];
    return row && row.kind !== "group" ? row.decision.path : null;
  });

  /** The active row is one of the chosen ones: what is asked of it is asked of all of them. */
  get isActiveSelected(): boolean {
    return this.activePath !== null && this.#selected.has(this.activePath);
  }

  /** Chooses a row, or takes it out again. */
  toggleSelected(index: number): void {
    const row = this.rows[index];
    if (!row || row.kind === "group") return;
    const selected = new Set(this.#selected);
    if (!selected.delete(row.decision.path)) selected.add(row.decision.path);
    this.#selected = selected;
    this.#anchor = row.key;
    this.#activeKey = row.key;
  }

  /** Chooses all rows from where the range began to this one, which becomes the active one. */
  selectTo(index: number): void {
    const row = this.rows[Math.max(0, Math.min(this.rows.length - 1, index))];
    if (!row) return;
    this.#anchor ??= this.#activeKey ?? row.key;
    const from = this.rows.findIndex((one) => one.key === this.#anchor);
    const to = this.rows.indexOf(row);
    const range = this.rows.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1);
    this.#selected = new Set(range.flatMap((one) => (one.kind === "group" ? [] : [one.decision.path])));
    this.#activeKey = row.key;
  }

  selectAll(): void {
    this.#selected = new Set(this.rows.flatMap((row) => (row.kind === "group" ? [] : [row.decision.path])));
  }

  clearSelected(): void {
    this.#anchor = null;
    if (this.#selected.size > 0) this.#selected = new Set();
  }

  /** Opens a row at once, as a step in the history. */
  open(index: number): void {
    const row = this.rows[index];
    if (!row) return;
    this.#stay();
    this.#activeKey = row.key;
    if (row.kind === "group") this.fold(index);
    else void navigation.go({ screen: "library", path: row.decision.path });
  }

  /** One digit of a typed number; jumps to the record it means so far. `now`: when the key was pressed, in ms. */
  typeDigit(digit: string, now: number): void {
    const digits = now - this.#digitsAt < NUMBER_MS ? this.#digits + digit : digit;
    this.#digitsAt = now;
    // Where no record goes on like this, another number begins.
    this.#digits = this.#jump(digits) || digits === digit || !this.#jump(digit) ? digits : digit;
  }

  /** Goes to the record of a number, under a folded row too; tells whether there is one. */
  #jump(digits: string): boolean {
    const path = ofNumber(this.listed, digits)?.path;
    if (path === undefined) return false;
    this.moveTo(this.#reveal(path));
    return true;
  }

  /** The row of a record, unfolded where it was under a folded one; -1 where the filters hide it. */
  #reveal(path: string): number {
    const find = () => this.rows.findIndex((row) => row.kind !== "group" && row.decision.path === path);
    const folded = (key: string) => this.rows.findIndex((row) => row.key === key && row.folded);
    const decision = workspace.byPath.get(path);
    if (find() >= 0 || !decision) return find();
    // Under what replaced it, else in its group.
    this.fold(folded(`record:${this.#headOf(path)}`), true);
    if (find() < 0) this.fold(folded(groupKey(decision, this.by)), true);
    return find();
  }

  /** The last of what replaced a record, one after the other. */
  #headOf(path: string): string {
    const seen = new Set<string>();
    for (let at: string | undefined = path; at !== undefined && !seen.has(at); at = workspace.byPath.get(at)?.superseded_by[0]) seen.add(at);
    return [...seen].at(-1) ?? path;
  }

  /** Makes the active row the one of the record that is being read (after a link, back or forward). */
  follow(path: string | null): void {
    if (path === null || this.activePath === path) return;
    const index = this.#reveal(path);
    this.#activeKey = this.rows[index]?.key ?? null;
  }

  reset(): void {
    this.#stay();
    this.clearSelected();
    this.scrolled = 0;
    this.clearFilters();
    // Another set, even an equal one, would make the tree a second time while a repository opens.
    if (this.#toggled.size > 0) this.#toggled = new Set();
    this.#activeKey = null;
  }

  #indexOfActive(): number {
    return this.rows.findIndex((row) => row.key === this.#activeKey);
  }
}

/** Values by how often they occur, most frequent first. */
function tally(values: readonly (string | null)[]): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

export const library = new Library();
