// Lineage: which strands of time are shown, at which zoom, on which day. What they look like is model/lineage.
import { isoOf, countOf, dayOf, dayOfItem, heldOn, shownStrands, strandsOf, type Strand } from "../model/lineage/strands";
import { bounded, panned, quarters, TimeScale, type View, WHOLE, zoomed } from "../model/lineage/scale";
import { type Bar, type Grouping, type Layout, layOut, NO_OPEN_ZONE, OPEN_ZONE, UNDATED_ZONE } from "../model/lineage/layout";
import { acrossTracks, alongChain, endOfChain } from "../model/lineage/moves";
import { kindOf, type RelationKind } from "../model/lineage/words";
import { longDate } from "../i18n/dates";
import { t } from "../i18n/messages";
import { call } from "../ipc/client";
import { relationsOf } from "../model/about";
import { announcer } from "./announcer.svelte";
import { layout } from "./layout.svelte";
import { library } from "./library.svelte";
import { navigation } from "./navigation.svelte";
import { isBoolean, isOneOf, Persisted } from "./persisted.svelte";
import { visited } from "./visited.svelte";
import { workspace } from "./workspace.svelte";

/** Column of the lanes' names. */
const LABELS = 92;
const ZOOM_STEP = 1.5;
const PAN_STEP = 0.2;

export class Lineage {
  #root: string | null = null;
  #all = $state(false);
  #isolated = $state<string | null>(null);
  #scope = $state<string | null>(null);
  #view = $state.raw<View>(WHOLE);
  #asOf = $state<number | null>(null);
  #width = $state(1_000);
  #relations = $state.raw<ReadonlySet<RelationKind>>(new Set(["amends", "depends", "relates"]));
  readonly #panel = new Persisted("lineage-chain", true, isBoolean);
  #sheet = $state(false);
  readonly #grouping = new Persisted<Grouping>("lineage-grouping", "scope", isOneOf("scope", "length"));
  readonly #even = new Persisted("lineage-even", false, isBoolean);

  /** The day the timeline ends on: of the past that is looked at, or today. */
  readonly today = $derived(workspace.past?.snapshot.commit.date.slice(0, 10) ?? workspace.today);
  readonly now = $derived(dayOf(this.today) ?? 0);
  readonly strands: readonly Strand[] = $derived(strandsOf(workspace.decisions));
  readonly total = $derived(workspace.decisions.length);
  /** Who asks for a day wants all that was in force on it. */
  readonly #most: readonly Strand[] = $derived(this.#scope === null ? shownStrands(this.strands, this.#all || this.#asOf !== null) : this.strands.filter(({ members }) => members.some(({ decision }) => decision.scope === this.#scope)));
  readonly shown: readonly Strand[] = $derived(this.#isolated === null ? this.#most : this.strands.filter(({ key }) => key === this.#isolated));
  readonly count = $derived(countOf(this.shown));
  /** How many the screen shows when it is not asked for all. */
  readonly mattering = $derived(countOf(shownStrands(this.strands, false)));
  readonly #scopes = $derived(library.scopes.map(({ value }) => value));
  readonly #days: readonly number[] = $derived(this.strands.flatMap(({ members }) => members.map(dayOfItem).filter((day) => day !== null)));
  readonly scale = $derived(new TimeScale(this.#days.length === 0 ? null : this.#days.reduce((a, b) => Math.min(a, b)), this.now, this.#even.value));
  readonly quarters = $derived(quarters(this.scale, this.#days));
  /** Kinds that need a zone; an isolated chain leaves the zones as they are. */
  readonly kinds = $derived(new Set(this.#most.flatMap(({ members }) => members.map(({ kind }) => kind))));
  /** Widths of the zones beside the timeline, and of the timeline itself. */
  readonly left = $derived(LABELS + (this.kinds.has("undated") ? UNDATED_ZONE : 0));
  readonly right = $derived(this.kinds.has("open") ? OPEN_ZONE : NO_OPEN_ZONE);
  readonly plot = $derived(Math.max(160, this.#width - this.left - this.right));
  /** Laid out once, also while a chain is looked at alone. */
  readonly #whole = $derived(this.#layOut(this.#most));
  readonly layout = $derived(this.#isolated === null ? this.#whole : this.#layOut(this.shown));
  /** The bar of the record that is chosen; null when it is not shown. */
  readonly current: Bar | null = $derived(this.layout.byPath.get(navigation.place.path ?? "") ?? null);
  /** Decisions in force on the day that is asked for. */
  readonly heldThen = $derived(this.#asOf === null ? 0 : this.strands.reduce((sum, { members }) => sum + members.filter((item) => heldOn(item, this.#asOf ?? 0)).length, 0));

  /** Years in sight: where each begins, and how much room it has. */
  readonly marks = $derived.by(() => {
    const x = (place: number) => ((place - this.#view.start) / (this.#view.end - this.#view.start)) * this.plot;
    const years = this.scale.years.map(({ year, start, end }) => ({ year, x: x(start), room: Math.min(x(end), this.plot) - Math.max(x(start), 0) }));
    return years.filter(({ room }) => room > 0);
  });
  /** Where the day that is asked for stands; null when it is today or out of sight. */
  readonly asOfX = $derived.by(() => {
    if (this.#asOf === null) return null;
    const x = ((this.scale.place(this.#asOf) - this.#view.start) / (this.#view.end - this.#view.start)) * this.plot;
    return x < 0 || x > this.plot ? null : x;
  });

  get all(): boolean {
    return this.#all;
  }
  set all(all: boolean) {
    this.#scope = null;
    this.#all = all;
  }
  get grouping(): Grouping {
    return this.#grouping.value;
  }
  set grouping(grouping: Grouping) {
    this.#grouping.value = grouping;
  }
  get even(): boolean {
    return this.#even.value;
  }
  /** The same days stay in sight when the years change their widths. */
  set even(even: boolean) {
    const [from, to] = this.range;
    this.#even.value = even;
    this.showRange(from, to);
  }
  /** The chain's pane: beside the chart it is remembered, as a sheet over it it starts closed. */
  get panel(): boolean {
    return layout.aboutAsSheet ? this.#sheet : this.#panel.value;
  }
  set panel(shown: boolean) {
    if (layout.aboutAsSheet) this.#sheet = shown;
    else this.#panel.value = shown;
  }
  get isolated(): string | null {
    return this.#isolated;
  }
  /** The only scope that is shown. */
  get scope(): string | null {
    return this.#scope;
  }
  get view(): View {
    return this.#view;
  }
  /** Day that is asked for; null: today. */
  get asOf(): number | null {
    return this.#asOf;
  }
  get relations(): ReadonlySet<RelationKind> {
    return this.#relations;
  }
  /** First and last day in sight. */
  get range(): [number, number] {
    return [this.scale.day(this.#view.start), this.scale.day(this.#view.end)];
  }

  /** Another repository starts afresh. */
  enter(): void {
    const root = workspace.info?.root ?? null;
    if (root === this.#root) return;
    this.#root = root;
    this.#all = false;
    this.#isolated = null;
    this.#scope = null;
    this.#view = WHOLE;
    this.#asOf = null;
  }

  /** Shows all that this scope has decided and what it is chained to; null shows the others again. */
  showScope(scope: string | null): void {
    this.enter();
    this.#isolated = null;
    this.#scope = scope;
    this.#view = WHOLE;
  }

  /** The chart has this many pixels. */
  resized(width: number): void {
    if (width > 0) this.#width = width;
  }

  /** Chooses a record. One that is not shown makes all be shown: it was asked for by name. */
  select(path: string): void {
    navigation.replace({ screen: "lineage", path });
    this.reveal();
  }

  /** Brings the chosen record into sight: out of a filter, an isolated chain, a part of time. */
  reveal(): void {
    const path = navigation.place.path;
    if (path === null || !workspace.byPath.has(path)) return;
    if (!this.layout.byPath.has(path)) this.#isolated = null;
    if (!this.layout.byPath.has(path)) this.#scope = null;
    if (!this.layout.byPath.has(path)) this.#all = true;
    const bar = this.layout.byPath.get(path);
    if (!bar || (bar.item.kind !== "held" && bar.item.kind !== "point")) return;
    const { start, end } = this.#view;
    if (bar.end < start || bar.start > end) this.#view = panned(this.#view, ((bar.start + bar.end) / 2 - (start + end) / 2) / (end - start));
  }

  /** Nothing was asked for: the record that was read last, if it is shown, else the longest chain's newest. */
  choose(): void {
    const read = visited.paths.find((path) => this.layout.byPath.has(path));
    const longest = this.shown.reduce<Strand | null>((best, one) => (best && best.members.length >= one.members.length ? best : one), null);
    const path = read ?? longest?.members.findLast(({ kind }) => kind !== "open")?.decision.path ?? longest?.members[0]?.decision.path;
    if (path !== undefined) navigation.replace({ screen: "lineage", path });
  }

  laneName(label: string | number | null): string {
    if (typeof label === "number") return t.lineage.chainsOf(label);
    return label ?? (this.layout.lanes.length === 1 ? t.lineage.wholeLog : t.lineage.noScope);
  }

  alongChain(by: -1 | 1): void {
    this.#moveTo((path) => alongChain(this.layout, path, by));
  }

  acrossTracks(by: number): void {
    this.#moveTo((path) => acrossTracks(this.layout, path, by));
  }

  endOfChain(end: -1 | 1): void {
    this.#moveTo((path) => endOfChain(this.layout, path, end));
  }

  /** Shows the chosen chain alone and as large as it fits; the same again shows the others too. */
  isolate(): void {
    if (this.#isolated !== null) {
      this.leaveIsolation();
      return;
    }
    if (!this.current) return;
    this.#isolated = this.current.strand.key;
    this.fit();
  }

  leaveIsolation(): void {
    this.#isolated = null;
    this.#view = WHOLE;
  }

  zoom(by: -1 | 1, around?: number): void {
    const middle = (this.#view.start + this.#view.end) / 2;
    const bar = this.current?.item.kind === "held" ? this.current : null;
    const chosen = bar && bar.end >= this.#view.start && bar.start <= this.#view.end ? (Math.max(bar.start, this.#view.start) + Math.min(bar.end, this.#view.end)) / 2 : middle;
    this.#view = zoomed(this.#view, by > 0 ? ZOOM_STEP : 1 / ZOOM_STEP, around ?? chosen);
  }

  pan(by: -1 | 1): void {
    this.panBy(by * PAN_STEP);
  }

  /** Moves by a share of what is seen. */
  panBy(share: number): void {
    this.#view = panned(this.#view, share);
  }

  /** All of time; of an isolated chain, from its first day on. */
  fit(): void {
    const bars = this.#isolated === null ? [] : this.layout.rows.flat().filter(({ item }) => item.kind === "held" || item.kind === "point");
    if (bars.length === 0) {
      this.#view = WHOLE;
      return;
    }
    const start = Math.min(...bars.map((bar) => bar.start));
    const end = Math.max(...bars.map((bar) => bar.end));
    const air = (end - start) * 0.06 + 0.01;
    this.#view = bounded({ start: Math.max(0, start - air), end: Math.min(1, end + air) });
  }

  showRange(from: number, to: number): void {
    this.#view = bounded({ start: this.scale.place(from), end: this.scale.place(to) });
  }

  /** Shows what was in force on a day; today or later shows how things stand. */
  showDay(day: number | null): void {
    const wanted = day === null || day >= this.now ? null : Math.max(this.scale.first, Math.round(day));
    if (wanted === this.#asOf) return;
    this.#asOf = wanted;
    announcer.say(wanted === null ? t.lineage.asOfToday(longDate(this.today)) : t.lineage.asOfSaid(longDate(isoOf(wanted)), this.heldThen));
  }

  /** Back to today, and today in sight. */
  goToday(): void {
    this.showDay(null);
    this.#view = panned(this.#view, (1 - this.#view.end) / (this.#view.end - this.#view.start));
  }

  toggleRelation(kind: RelationKind): void {
    const next = new Set(this.#relations);
    if (!next.delete(kind)) next.add(kind);
    this.#relations = next;
  }

  /** Paths that lines lead to from the chosen record. */
  readonly linked: readonly string[] = $derived.by(() => {
    const decision = this.current?.item.decision;
    if (!decision) return [];
    const related = relationsOf(decision).filter(({ relation }) => relation !== "supersedes" && relation !== "superseded-by" && relation !== "cites");
    return related.filter(({ relation }) => this.#relations.has(kindOf(relation))).map(({ path }) => path);
  });

  /** Asks where to, and writes the picture there; null when the user changed their mind. Throws HostError. */
  async save(name: string, bytes: Uint8Array): Promise<string | null> {
    return call("export_file", { title: t.lineage.exportTitle, name, bytes: Array.from(bytes) });
  }

  #layOut(strands: readonly Strand[]): Layout {
    return layOut({ strands, scale: this.scale, grouping: this.grouping, scopes: this.#scopes, width: this.plot });
  }

  #moveTo(to: (path: string) => Bar | null): void {
    const path = navigation.place.path;
    const bar = path !== null && this.current ? to(path) : (this.layout.rows[0]?.[0] ?? null);
    if (bar) this.select(bar.item.decision.path);
  }
}

export const lineage = new Lineage();
